import { median } from "d3-array";
import type { ScenarioRecord } from "../../run/record.ts";
import { anchorOf } from "./anchor.ts";
import { type Status, statusOf, worstStatus } from "./status.ts";

/** A scenario and its repetitions. */
export interface ScenarioGroup {
  readonly title: string;
  /** Where it stands in the report: `scenario-` and the id of the first. */
  readonly anchor: string;
  /** `null` where nothing was broken. */
  readonly fault: string | null;
  readonly members: readonly ScenarioRecord[];
  /** Those that were run. */
  readonly ran: readonly ScenarioRecord[];
  readonly status: Status;
  /** Why it was not run, or not each time; each reason once. */
  readonly skipped: readonly string[];
}

type Claim = ScenarioRecord["claims"][number];

/** Claims of several scenarios, each once. */
export function claimsOf(scenarios: readonly ScenarioRecord[]): Claim[] {
  return [...new Map(scenarios.flatMap(({ claims }) => claims).map((claim) => [claim.id, claim])).values()];
}

/** Requirements that several scenarios hold, each once, in their order: `A2` before `A15`. */
export function rowsOf(scenarios: readonly ScenarioRecord[]): string[] {
  return [...new Set(scenarios.flatMap(({ rows }) => rows))].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function groupOf(title: string, members: readonly ScenarioRecord[]): ScenarioGroup {
  return {
    title,
    anchor: anchorOf("scenario", members[0]?.id ?? title),
    fault: members.find(({ fault }) => fault !== null)?.fault?.name ?? null,
    members,
    ran: members.filter(({ skipped }) => skipped === null),
    status: worstStatus(members.map(statusOf)),
    skipped: [...new Set(members.flatMap(({ skipped }) => skipped ?? []))],
  };
}

/** Repetitions have the title in common. In the order in which they were run. */
export function groupScenarios(scenarios: readonly ScenarioRecord[]): ScenarioGroup[] {
  return [...Map.groupBy(scenarios, ({ title }) => title)].map(([title, members]) => groupOf(title, members));
}

const BADNESS: readonly Status[] = ["fail", "unknown", "limit", "pass"];

function longest({ measurements }: ScenarioRecord): number {
  return Math.max(0, ...measurements.map(({ seconds }) => seconds));
}

/**
 * The repetition worth looking at: the worst verdict, then the longest outage. `undefined` where none was run.
 */
export function mostTelling({ ran }: ScenarioGroup): ScenarioRecord | undefined {
  return ran.toSorted((a, b) => BADNESS.indexOf(statusOf(a)) - BADNESS.indexOf(statusOf(b)) || longest(b) - longest(a))[0];
}

/** The repetition worth looking at, and every other one in which something went wrong. */
export function wrongOnes(group: ScenarioGroup): ScenarioRecord[] {
  const telling = mostTelling(group);
  return telling ? [telling, ...group.ran.filter((scenario) => scenario !== telling && scenario.verdict !== "pass")] : [];
}

/** Lowest, middle and highest; `null` for nothing. */
export function spreadOf(values: readonly number[]): { readonly min: number; readonly median: number; readonly max: number } | null {
  const middle = median(values);
  return middle === undefined ? null : { min: Math.min(...values), median: middle, max: Math.max(...values) };
}
