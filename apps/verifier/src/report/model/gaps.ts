import type { RunRecord } from "../../run/record.ts";
import { groupScenarios } from "./scenario-groups.ts";
import { limitsOf } from "./status.ts";
import type { Cell, Table } from "./table.ts";

/** What this run says nothing about, and why: scenarios that were skipped, then what no scenario tests. */
export function untestedTable({ scenarios, untested }: RunRecord): Table {
  const skipped = groupScenarios(scenarios).flatMap(({ title, skipped: reasons }): Cell[][] =>
    reasons.map((reason) => [[title], [reason]]),
  );
  return {
    caption: "Not tested",
    columns: [{ title: "What" }, { title: "Why not" }],
    rows: [...skipped, ...untested.map(({ what, why }): Cell[] => [[what], [why]])],
    empty: "Nothing was left out.",
  };
}

/** Limits that were declared before and met. */
export function limitsTable({ scenarios }: RunRecord): Table {
  return {
    caption: "Known limits met",
    columns: [{ title: "Scenario" }, { title: "Limit" }],
    rows: groupScenarios(scenarios).flatMap(({ title, anchor, members }) => {
      const limits = [...new Set(members.flatMap(limitsOf))];
      return limits.map((limit): Cell[] => [[{ kind: "link", to: `#${anchor}`, text: title }], [limit]]);
    }),
    empty: "None was met.",
  };
}
