import { formerId } from "./completeness.ts";
import type { RunRecord, ScenarioRecord } from "./record.ts";

/** What of a run that was not whole is run again besides what is missing: by the verdict that it had. */
export const RERUNS = ["failed", "unknown"] as const;
export type Rerun = (typeof RERUNS)[number];

const VERDICTS: Readonly<Record<Rerun, ScenarioRecord["verdict"]>> = { failed: "fail", unknown: "unknown" };

/** What is left of a run when it goes on. */
export interface Remainder {
  /** What stays as it is. */
  readonly kept: readonly ScenarioRecord[];
  /** Earlier attempts, under names of their own. */
  readonly former: readonly ScenarioRecord[];
  /** Files that get another name, by the ids of their scenarios: those of attempts that are kept apart from now on. */
  readonly setAside: readonly { readonly from: string; readonly to: string }[];
}

/**
 * What of a saved run stays: everything that was played to its end, but for what is asked to be run again. That one is kept
 * as an earlier attempt, with its files. What was interrupted has no verdict: it is run again, and nothing of it is kept.
 */
export function remainderOf({ scenarios, former = [] }: RunRecord, rerun: readonly Rerun[]): Remainder {
  const verdicts = rerun.map((what) => VERDICTS[what]);
  const ended = scenarios.filter(({ skipped, interrupted }) => skipped === null && interrupted !== true);
  const kept = ended.filter(({ verdict }) => !verdicts.includes(verdict));
  const again = ended.filter(({ verdict }) => verdicts.includes(verdict));
  const attempts = again.map((scenario): ScenarioRecord => {
    const before = former.filter(({ id }) => id.startsWith(formerId(scenario.id, 0).slice(0, -1))).length;
    return { ...scenario, id: formerId(scenario.id, before + 1) };
  });
  return {
    kept,
    former: [...former, ...attempts],
    setAside: attempts.map(({ id }, at) => ({ from: again[at]?.id ?? "", to: id })),
  };
}
