import type { Verdict } from "../history/verdict.ts";

/** Something that must not have happened, and the fewest operations that show it. */
export interface Anomaly {
  /** What it is called in the field, or by this check: `lost`, `G1a`, `overlapping roles`. */
  readonly kind: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** Events of the history, by their `i`, ascending: those of the operations that show it. */
  readonly events: readonly number[];
}

/** What one check found in one history. */
export interface CheckResult {
  /** Id of the claim that was checked. */
  readonly claim: string;
  readonly verdict: Verdict;
  /** Why it is `unknown`, or what the first anomaly says; `null` where there is neither. */
  readonly reason: string | null;
  /** The known limit, declared before the run, that excuses what was found; `null` where nothing was excused. */
  readonly limit: string | null;
  /** Counts and figures, by name; the name carries the unit where there is one: `lost`, `gap seconds`. `null`: could not be told. */
  readonly evidence: Readonly<Record<string, number | null>>;
  /** The first of them; `evidence` counts all. */
  readonly anomalies: readonly Anomaly[];
}

/** The result of a check that could not be made. */
export function unknownResult(claim: string, reason: string): CheckResult {
  return { claim, verdict: "unknown", reason, limit: null, evidence: {}, anomalies: [] };
}
