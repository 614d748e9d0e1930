import type { RunRecord, ScenarioRecord } from "../../run/record.ts";
import { findingOf } from "./evidence.ts";
import { claimsOf, groupScenarios, type ScenarioGroup } from "./scenario-groups.ts";
import { type Status, STATUSES, worstStatus } from "./status.ts";
import type { Cell, Table } from "./table.ts";

type Claim = ScenarioRecord["claims"][number];

function propertyOf({ id, property }: Claim): string {
  return property ?? id;
}

/** Ids of the claims by which a scenario asks for a property. */
function asking(property: string, { claims }: ScenarioRecord): string[] {
  return claims.filter((claim) => propertyOf(claim) === property).map(({ id }) => id);
}

/** What the repetitions of one scenario say about a property; `null` where none asks for it. */
function statusIn(property: string, { members, ran }: ScenarioGroup): Status | null {
  const claims = [...new Set(members.flatMap((member) => asking(property, member)))];
  if (claims.length === 0) return null;
  return worstStatus(
    claims.map((claim) => {
      const asked = ran.filter((scenario) => asking(property, scenario).includes(claim));
      return asked.length === 0 ? "skipped" : findingOf(claim, asked).status;
    }),
  );
}

/** What is known about a property under a fault; `null` where nobody asked. */
function statusUnder(property: string, groups: readonly ScenarioGroup[]): Status | null {
  const statuses = groups.flatMap((group) => statusIn(property, group) ?? []);
  return statuses.length === 0 ? null : worstStatus(statuses);
}

/** Which property was checked under which fault, and how it came out. */
export function matrixTable({ scenarios }: RunRecord): Table {
  const groups = groupScenarios(scenarios).filter(({ fault }) => fault !== null);
  const properties = [...new Set(claimsOf(groups.flatMap(({ members }) => members)).map(propertyOf))];
  const faults = Map.groupBy(groups, ({ fault }) => fault ?? "");
  return {
    caption: `${Object.values(STATUSES)
      .map(({ sign, word }) => `${sign} ${word}`)
      .join(", ")}, · not asked`,
    columns: [{ title: "Fault" }, ...properties.map((property) => ({ title: property, align: "center" as const }))],
    rows: [...faults].map(([fault, under]): Cell[] => [
      [fault],
      ...properties.map((property): Cell => {
        const status = statusUnder(property, under);
        return [status === null ? "·" : { kind: "status", status, short: true }];
      }),
    ]),
    empty: "Nothing was broken in this run.",
  };
}
