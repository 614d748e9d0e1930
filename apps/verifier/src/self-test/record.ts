import type { Mutant } from "./mutant.ts";

/**
 * `killed`: its claim failed by what was observed. `alive`: the claim held. `unknown`: it could not be judged. `impossible`:
 * this bundle has nothing that could be broken in this way.
 */
export const OUTCOMES = ["killed", "alive", "unknown", "impossible"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface MutantRecord extends Pick<Mutant, "id" | "title" | "finder" | "claim"> {
  readonly outcome: Outcome;
  /** What was observed on the running cluster; or why nothing was. */
  readonly observation: string;
  /** From the first file that was written to the last look. */
  readonly seconds: number;
}

/** A claim, looked at on the cluster that nobody broke. */
export interface ControlRecord extends Pick<Mutant, "finder" | "claim"> {
  readonly holds: boolean;
  /** Why it does not hold; `null` when it does. */
  readonly reason: string | null;
  readonly seconds: number;
}

/** `self-test.json`. */
export interface SelfTestRecord {
  readonly scope: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number;
  readonly controls: readonly ControlRecord[];
  readonly mutants: readonly MutantRecord[];
}
