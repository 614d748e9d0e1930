import type { CheckResult } from "../../checks/result.ts";
import { mergeVerdicts } from "../../history/verdict.ts";
import type { ScenarioRecord } from "../../run/record.ts";
import { formatFigure } from "./numbers.ts";
import { spreadOf } from "./scenario-groups.ts";
import type { Status } from "./status.ts";
import type { Inline } from "./table.ts";

/** What several repetitions found about one claim. */
export interface Finding {
  /** Never `skipped`. `limit`: what was found is excused by a limit that was declared before. */
  readonly status: Status;
  readonly checks: readonly CheckResult[];
  /** Why it did not simply pass; each reason once. */
  readonly reasons: readonly string[];
}

/** Merges what the repetitions say about a claim; a repetition that was run and did not check it leaves it unknown. */
export function findingOf(claim: string, ran: readonly ScenarioRecord[]): Finding {
  const found = ran.map(({ checks }) => checks.filter((check) => check.claim === claim));
  const checks = found.flat();
  const verdict = mergeVerdicts(
    found.flatMap((results) => (results.length === 0 ? (["unknown"] as const) : results.map((result) => result.verdict))),
  );
  const limits = checks.flatMap(({ limit }) => (limit === null ? [] : [`Known limit: ${limit}`]));
  return {
    status: verdict === "pass" && limits.length > 0 ? "limit" : verdict,
    checks,
    reasons: [...new Set([...checks.flatMap(({ reason }) => reason ?? []), ...limits])],
  };
}

function rangeOf(values: readonly (number | null)[]): string {
  const told = values.filter((value) => value !== null);
  const spread = spreadOf(told);
  if (spread === null || told.length < values.length) return "?";
  return spread.min === spread.max ? formatFigure(spread.min) : `${formatFigure(spread.min)}–${formatFigure(spread.max)}`;
}

/**
 * The figures of several checks of one claim, each by its name, as a range over the repetitions; `?` where one could not
 * tell. What was looked for and never found stands together at the end.
 */
export function evidenceOf(checks: readonly CheckResult[]): Inline[] {
  const names = [...new Set(checks.flatMap(({ evidence }) => Object.keys(evidence)))];
  const figures = names.map((name) => ({
    name,
    value: rangeOf(checks.flatMap(({ evidence }) => (name in evidence ? [evidence[name] ?? null] : []))),
  }));
  const absent = figures.filter(({ value }) => value === "0").map(({ name }) => name);
  const present = figures.filter(({ value }) => value !== "0");
  return [...present, ...(absent.length === 0 ? [] : [{ name: absent.join(", "), value: "0" }])].map((figure) => ({
    kind: "figure",
    ...figure,
  }));
}
