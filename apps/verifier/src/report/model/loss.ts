import type { ClusterRecord, ScenarioRecord } from "../../run/record.ts";
import { formatFigure } from "./numbers.ts";
import { groupScenarios, spreadOf } from "./scenario-groups.ts";
import type { Cell, Column, Table } from "./table.ts";

/** What the accounting of writes calls what it counts. */
const MEASURES = [
  { evidence: "acknowledged", title: "acknowledged" },
  { evidence: "lost", title: "lost rows" },
  { evidence: "lost bytes", title: "lost bytes" },
  { evidence: "lost seconds", title: "lost seconds" },
] as const;

const PROMISED: Readonly<Record<ClusterRecord["replication"], string>> = {
  synchronous: "no row lost",
  asynchronous: "none: measured",
};

/** Other checks count acknowledgements as well: only one that counts losses accounts for rows. */
function valuesOf({ checks }: ScenarioRecord, measure: string): number[] {
  return checks.filter(({ evidence }) => "lost" in evidence).flatMap(({ evidence }) => evidence[measure] ?? []);
}

/** Acknowledged writes of one or more scenarios that were lost. `null` where nobody counted. */
export function lostIn(scenarios: readonly ScenarioRecord[]): number | null {
  const counted = scenarios.flatMap((scenario) => valuesOf(scenario, "lost"));
  return counted.length === 0 ? null : counted.reduce((sum, lost) => sum + lost, 0);
}

function cellOf(ran: readonly ScenarioRecord[], evidence: string): Cell {
  const spread = spreadOf(ran.flatMap((scenario) => valuesOf(scenario, evidence)));
  if (spread === null) return ["–"];
  const { min, median, max } = spread;
  return [min === max ? formatFigure(min) : [min, median, max].map(formatFigure).join(" / ")];
}

/** What each fault cost in acknowledged writes (RPO). One figure, or min / median / max of the repetitions. */
export function lossTable(scenarios: readonly ScenarioRecord[], replication: ClusterRecord["replication"]): Table {
  const counted = groupScenarios(scenarios).filter(({ ran }) => lostIn(ran) !== null);
  return {
    caption: "Acknowledged writes lost (RPO); where repetitions differ: min / median / max",
    columns: [
      { title: "Scenario" },
      { title: "n", align: "end" },
      ...MEASURES.map(({ title }): Column => ({ title, align: "end" })),
      { title: "Promised" },
    ],
    rows: counted.map(({ title, anchor, ran }) => [
      [{ kind: "link", to: `#${anchor}`, text: title }],
      [String(ran.length)],
      ...MEASURES.map(({ evidence }) => cellOf(ran, evidence)),
      [PROMISED[replication]],
    ]),
    empty: "No scenario accounted for its writes.",
  };
}
