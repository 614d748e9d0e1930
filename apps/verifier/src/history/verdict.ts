/** `unknown`: nobody can tell, from what was recorded. It fails a run like `fail` does. */
export type Verdict = "pass" | "unknown" | "fail";

const BADNESS: Readonly<Record<Verdict, number>> = { pass: 0, unknown: 1, fail: 2 };

/**
 * The verdict of several together: the worst of them. `unknown` for none: what was not checked is not proven.
 */
export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
  const [first = "unknown", ...rest] = verdicts;
  return rest.reduce((worst, verdict) => (BADNESS[verdict] > BADNESS[worst] ? verdict : worst), first);
}
