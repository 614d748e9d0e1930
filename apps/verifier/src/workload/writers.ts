import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "pg";
import type { BundleFacts } from "../cluster/bundle.ts";
import { openSession } from "../cluster/sessions.ts";
import type { Population } from "../checks/population.ts";
import type { Recorder } from "../history/recorder.ts";
import { attemptToAdd } from "./attempt.ts";
import { monotonicNow } from "./clock.ts";

/** Writers that reach the cluster in the same way. */
export type WriterKind = Omit<Population, "f">;

export interface Pace {
  /** Milliseconds that an attempt may take; 3,000 by default. */
  readonly deadline: number;
  /** Milliseconds between the moments at which two attempts are meant to be sent; 50 by default: what an outage is measured to. */
  readonly interval: number;
}

export interface Writers {
  /** Waits for the attempts under way. */
  readonly stop: () => Promise<void>;
}

/** A connection that is kept for as long as attempts succeed. */
function sessionHolder(facts: BundleFacts, endpoint: string, connectTimeout: number) {
  let session: Client | undefined;
  // Not awaited: a server that hangs does not say goodbye.
  const end = (client: Client | undefined): void => void client?.end().catch(() => undefined);
  return {
    connect: async (expired: AbortSignal): Promise<Client> => {
      if (session) return session;
      const opened = await openSession(facts, endpoint, { connectTimeout });
      if (expired.aborted) end(opened);
      expired.throwIfAborted();
      return (session = opened);
    },
    close: (): void => {
      end(session);
      session = undefined;
    },
  };
}

async function write(
  facts: BundleFacts,
  history: Recorder,
  key: string,
  { endpoint, session }: WriterKind,
  pace: Pace,
  stopped: AbortSignal,
): Promise<void> {
  const holder = sessionHolder(facts, endpoint, pace.deadline);
  let writer = history.next();
  // Meant to be sent by the clock, not by the last answer: who waits for a slow server would ask it less often.
  for (let intended = monotonicNow(); !stopped.aborted; intended += pace.interval * 1e6) {
    await delay(Math.max(0, (intended - monotonicNow()) / 1e6));
    const value = history.next();
    const done = history.invoke({ process: writer, f: "add", key, value, endpoint, session, intended });
    const attempt = await attemptToAdd(holder.connect, key, value, pace.deadline);
    done(attempt);
    if (attempt.phase !== "ok" || session === "per-operation") holder.close();
    if (attempt.phase === "info") writer = history.next();
  }
  holder.close();
}

/** Starts one writer for each population: one attempt after the other, none hidden, each with a value of its own. */
export function startWriters(
  facts: BundleFacts,
  history: Recorder,
  key: string,
  populations: readonly WriterKind[],
  pace: Pace = { deadline: 3000, interval: 50 },
): Writers {
  const stopping = new AbortController();
  const running = populations.map((population) => write(facts, history, key, population, pace, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
