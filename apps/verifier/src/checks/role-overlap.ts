import type { Operation } from "../history/operation.ts";
import { conclude, eventsOf } from "./conclude.ts";
import type { Anomaly, CheckResult } from "./result.ts";

/** What is known for certain of one life of PostgreSQL as a primary. Nanoseconds. */
interface Reign {
  readonly node: string;
  /** The reply that first said so. */
  readonly first: Operation;
  /** The request that was last answered so. */
  readonly last: Operation;
  readonly from: number;
  readonly to: number;
}

function reignOf(operations: readonly Operation[]): Reign | null {
  const [some] = operations;
  if (!some?.server) return null;
  const first = operations.reduce((found, operation) => (operation.completed < found.completed ? operation : found), some);
  const last = operations.reduce((found, operation) => (operation.invoked > found.invoked ? operation : found), some);
  return { node: some.server.node, first, last, from: first.completed, to: last.invoked };
}

/** Each pair of reigns of two nodes that share some time. There are as many reigns as restarts and promotions: few. */
function overlapsOf(reigns: readonly Reign[]): readonly Anomaly[] {
  return reigns.flatMap((one, position) =>
    reigns.slice(position + 1).flatMap((other) => {
      const shared = Math.min(one.to, other.to) - Math.max(one.from, other.from);
      if (one.node === other.node || shared <= 0) return [];
      const message = `${one.node} and ${other.node} were both primary for at least ${(shared / 1e9).toFixed(3)} s`;
      return { kind: "overlapping roles", message, events: eventsOf(one.first, one.last, other.first, other.last) };
    }),
  );
}

/**
 * Whether there was one primary at a time. PostgreSQL that has left recovery does not return to it before its postmaster
 * ends: it is primary from its first reply that says so to its last request that is answered so, whatever happened between.
 * Two such spans that overlap prove two primaries, although nobody asked both at once.
 */
export function checkRoles(claim: string, operations: readonly Operation[]): CheckResult {
  const answers = operations.filter(({ phase, server }) => phase === "ok" && server?.role === "primary");
  const lives = Map.groupBy(answers, ({ server }) => `${server?.node} ${server?.postmasterStart}`);
  const reigns = [...lives.values()].map(reignOf).filter((reign) => reign !== null);
  const missing = answers.length > 0 ? [] : ["no node ever answered as primary"];
  return conclude({ claim, evidence: { observations: answers.length, reigns: reigns.length }, anomalies: overlapsOf(reigns), missing });
}
