import { attemptOf, sourcesOf } from "../../run/completeness.ts";
import type { RanOn, RunHeader, RunRecord, ScenarioRecord } from "../../run/record.ts";
import { formatShard } from "../../run/shards.ts";
import { formatDuration } from "./numbers.ts";
import { statusOf } from "./status.ts";
import type { Cell, Table } from "./table.ts";

function groundText(ranOn: RanOn): string {
  return `${sourcesOf(ranOn)}, bundle ${ranOn.generation}`;
}

/** What scenarios ran on, each once: `commit 0123456789ab, bundle 9002a7efb17ca3a3`. */
export function groundsOf(scenarios: readonly ScenarioRecord[]): string[] {
  return [...new Set(scenarios.flatMap(({ ranOn }) => (ranOn ? [groundText(ranOn)] : [])))];
}

/** The starts that a run took, where there was more than one, or where it is a shard. */
export function partsText({ parts = [], choice }: RunHeader): string[] {
  if (parts.length < 2 && choice?.shard === undefined) return [];
  return parts.map(({ started, seconds, shard }) => {
    const which = shard === undefined ? "" : `shard ${formatShard(shard)}, `;
    return `${which}${started.replace(/\.\d+Z$/, "Z")}, ${formatDuration(seconds)}`;
  });
}

/** Earlier attempts of what was run again: nothing that was found is taken back. */
export function formerTable({ former = [], scenarios }: RunRecord): Table {
  const later = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  return {
    caption: "Run before, and again",
    columns: [{ title: "What" }, { title: "Verdict" }, { title: "Why" }, { title: "Ran on" }, { title: "Run again" }],
    rows: former.map((attempt): Cell[] => {
      const reasons = [
        ...new Set(attempt.checks.flatMap(({ verdict, reason }) => (verdict === "pass" || reason === null ? [] : [reason]))),
      ];
      const again = later.get(attemptOf(attempt));
      return [
        [`${attempt.title} (${attempt.id})`],
        [{ kind: "status", status: statusOf(attempt) }],
        [reasons.join("; ")],
        groundsOf([attempt]),
        again ? [{ kind: "status", status: statusOf(again) }] : ["not yet"],
      ];
    }),
    empty: "Nothing was run a second time for its verdict.",
  };
}
