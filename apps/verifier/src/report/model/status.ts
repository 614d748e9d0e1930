import type { Verdict } from "../../history/verdict.ts";
import type { ScenarioRecord } from "../../run/record.ts";

/** What a reader is told about a scenario: its verdict, or why that is not the whole truth. */
export type Status = Verdict | "limit" | "skipped";

/** How a status is written: never by its colour alone. */
export const STATUSES: Readonly<Record<Status, { readonly word: string; readonly sign: string }>> = {
  pass: { word: "passed", sign: "✓" },
  fail: { word: "failed", sign: "✗" },
  unknown: { word: "unknown", sign: "?" },
  limit: { word: "known limit", sign: "△" },
  skipped: { word: "skipped", sign: "–" },
};

const BADNESS: readonly Status[] = ["skipped", "pass", "limit", "unknown", "fail"];

/** Known limits that a scenario met, or that excused what was found; each once. */
export function limitsOf({ limits, checks }: ScenarioRecord): string[] {
  return [...new Set([...limits, ...checks.flatMap(({ limit }) => limit ?? [])])];
}

/** A scenario that passed and met a limit that was declared before is shown as that limit. */
export function statusOf(scenario: ScenarioRecord): Status {
  if (scenario.skipped !== null) return "skipped";
  return scenario.verdict === "pass" && limitsOf(scenario).length > 0 ? "limit" : scenario.verdict;
}

/** The worst of several; `skipped` only where nothing was run. */
export function worstStatus(statuses: readonly Status[]): Status {
  return statuses.reduce<Status>((worst, status) => (BADNESS.indexOf(status) > BADNESS.indexOf(worst) ? status : worst), "skipped");
}
