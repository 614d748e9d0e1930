import type { BundleFacts } from "../cluster/bundle.ts";
import { secondsOf } from "../cluster/durations.ts";

/** Seconds that are assumed where nothing is set: a busy machine, an answer of Patroni. */
const ASSUMED = 1;

/** Seconds until the balancer has found a replica unfit and cut its sessions: its checks, and an answer to each. */
function checksOf({ timings }: BundleFacts): number {
  const { checkIntervalMs, checkFastIntervalMs, checkFall } = timings;
  return (checkIntervalMs + (checkFall - 1) * checkFastIntervalMs) / 1000 + checkFall * ASSUMED;
}

/** Seconds for which a replica that hears nothing believes that it streams: PostgreSQL's own default is a minute. */
function silenceOf({ parameters }: BundleFacts): number {
  const timeouts = [...parameters.values()].map((node) => secondsOf(node.get("wal_receiver_timeout") ?? "60s"));
  return Math.max(0, ...timeouts);
}

/**
 * Seconds that a read through the read-only services may be behind. What a cluster promises is a lag in bytes, and a replica
 * that streams; what that is in seconds depends on what else happens.
 */
export const STALENESS_BOUNDS = {
  /** A replica that streams replays what it gets at once. */
  steady: (): number => ASSUMED,
  /**
   * Of a replica that was cut off, one that follows a primary which was deposed: its receiver gives up, or Patroni's next
   * round leads it elsewhere; then the balancer has to find out.
   */
  faulty: (facts: BundleFacts): number => silenceOf(facts) + facts.timings.loopWait + checksOf(facts),
} as const;
