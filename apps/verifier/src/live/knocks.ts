import { setTimeout as delay } from "node:timers/promises";
import type { BundleFacts } from "../cluster/bundle.ts";
import { failureCode, openSession } from "../cluster/sessions.ts";

/** Seconds after which a client that has heard nothing counts as forgotten: far above every timeout on the way. */
const PATIENCE = 30;

export interface Knocks {
  /** How many clients there were. */
  readonly knocked: number;
  /** Those that got a session. */
  readonly letIn: number;
  /** Those that were left without an answer and without an end. */
  readonly forgotten: number;
}

async function knock(facts: BundleFacts, service: string): Promise<string | null> {
  return failureCode(openSession(facts, service, { connectTimeout: PATIENCE * 1000 }).then((session) => session.end()));
}

/** Sends a client every 20 ms for a time in seconds, each as patient as one without a timeout, and waits for all of them. */
export async function startKnocks(facts: BundleFacts, service: string, during: number): Promise<Knocks> {
  const knocks: Promise<string | null>[] = [];
  const start = performance.now();
  while (performance.now() - start < during * 1000) {
    knocks.push(knock(facts, service));
    await delay(20);
  }
  const codes = await Promise.all(knocks);
  return {
    knocked: codes.length,
    letIn: codes.filter((code) => code === null).length,
    forgotten: codes.filter((code) => code?.includes("timeout expired")).length,
  };
}
