import { RUN_FILES, type ScenarioRecord } from "../../run/record.ts";
import { formatDuration, formatTenths } from "./numbers.ts";
import { groundsOf } from "./provenance.ts";
import type { ScenarioGroup } from "./scenario-groups.ts";
import { statusOf } from "./status.ts";
import type { Cell, Table } from "./table.ts";

function longestGap({ measurements }: ScenarioRecord): string {
  const gaps = measurements.filter(({ metric }) => metric === "gap").map(({ seconds }) => seconds);
  return gaps.length === 0 ? "–" : formatTenths(Math.max(...gaps));
}

/** The rounds of one scenario, one by one. */
export function roundsTable({ ran }: ScenarioGroup, histories: ReadonlySet<string>): Table {
  const isMixed = groundsOf(ran).length > 1;
  return {
    caption: "Rounds, in the order in which they were played",
    columns: [
      { title: "Round" },
      { title: "Verdict" },
      { title: "Took", align: "end" },
      { title: "Longest gap (s)", align: "end" },
      { title: "Done to" },
      ...(isMixed ? [{ title: "Ran on" }] : []),
      { title: "Operations" },
    ],
    rows: ran.map((scenario): Cell[] => [
      [scenario.id],
      [{ kind: "status", status: statusOf(scenario) }],
      [formatDuration(scenario.seconds)],
      [longestGap(scenario)],
      [scenario.fault?.targets?.join(", ") ?? "–"],
      ...(isMixed ? [groundsOf([scenario])] : []),
      histories.has(scenario.id) ? [{ kind: "link", to: RUN_FILES.history(scenario.id), text: "history" }] : [],
    ]),
    empty: "It was not played.",
  };
}
