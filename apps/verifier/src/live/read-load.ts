import { setTimeout as delay } from "node:timers/promises";
import type { BundleFacts } from "../cluster/bundle.ts";
import { query } from "../cluster/sessions.ts";

export interface ReadLoad {
  /** Stops the readers; gives the longest time that each service left them without an answer, in seconds. */
  stop(): Promise<Record<string, number>>;
}

/** Reads again and again, each time in a session of its own; gives the longest time without an answer, in seconds. */
async function longestSilence(facts: BundleFacts, service: string, stopped: AbortSignal): Promise<number> {
  let answered = performance.now();
  let longest = 0;
  while (!stopped.aborted) {
    const rows = await query(facts, service, "SELECT 1").catch(() => []);
    longest = Math.max(longest, performance.now() - answered);
    if (rows.length > 0) answered = performance.now();
    await delay(50);
  }
  return longest / 1000;
}

/** Starts one reader for each service. */
export function startReadLoad(facts: BundleFacts, services: readonly string[]): ReadLoad {
  const stopping = new AbortController();
  const silences = Promise.all(services.map(async (service) => [service, await longestSilence(facts, service, stopping.signal)] as const));
  return {
    stop: async () => {
      stopping.abort();
      return Object.fromEntries(await silences);
    },
  };
}
