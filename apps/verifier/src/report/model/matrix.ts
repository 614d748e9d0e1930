import type { RunRecord, ScenarioRecord } from "../../run/record.ts";
import { findingOf } from "./evidence.ts";
import { claimsOf, groupScenarios, type ScenarioGroup } from "./scenario-groups.ts";
import { type Status, STATUSES, worstStatus } from "./status.ts";
import type { Cell, Table } from "./table.ts";

function asks(claim: string, { claims }: ScenarioRecord): boolean {
  return claims.some(({ id }) => id === claim);
}

/** What is known about a property under a fault; `null` where nobody asked. */
function statusUnder(claim: string, groups: readonly ScenarioGroup[]): Status | null {
  const asking = groups.filter(({ members }) => members.some((member) => asks(claim, member)));
  if (asking.length === 0) return null;
  return worstStatus(
    asking.map(({ ran }) => {
      const asked = ran.filter((scenario) => asks(claim, scenario));
      return asked.length === 0 ? "skipped" : findingOf(claim, asked).status;
    }),
  );
}

/** Which property was checked under which fault, and how it came out. */
export function matrixTable({ scenarios }: RunRecord): Table {
  const groups = groupScenarios(scenarios).filter(({ fault }) => fault !== null);
  const claims = claimsOf(groups.flatMap(({ members }) => members)).map(({ id }) => id);
  const faults = Map.groupBy(groups, ({ fault }) => fault ?? "");
  return {
    caption: `${Object.values(STATUSES)
      .map(({ sign, word }) => `${sign} ${word}`)
      .join(", ")}, · not asked`,
    columns: [{ title: "Fault" }, ...claims.map((claim) => ({ title: claim, align: "center" as const }))],
    rows: [...faults].map(([fault, under]): Cell[] => [
      [fault],
      ...claims.map((claim): Cell => {
        const status = statusUnder(claim, under);
        return [status === null ? "·" : { kind: "status", status, short: true }];
      }),
    ]),
    empty: "Nothing was broken in this run.",
  };
}
