import { nameOf } from "../../checks/population.ts";
import type { ScenarioRecord } from "../../run/record.ts";
import { formatCount, formatFigure } from "./numbers.ts";
import { groupScenarios } from "./scenario-groups.ts";
import type { Cell, Column, Table } from "./table.ts";

/** What a check of availability calls what it measures, and how it is shown. */
const MEASURES = [
  { evidence: "operations", title: "operations", format: (value: number | null) => (value === null ? "?" : formatCount(value)) },
  { evidence: "percent in time", title: "% in time", format: formatFigure },
  { evidence: "latency p50 ms", title: "p50", format: formatFigure },
  { evidence: "latency p90 ms", title: "p90", format: formatFigure },
  { evidence: "latency p99 ms", title: "p99", format: formatFigure },
  { evidence: "latency max ms", title: "max", format: formatFigure },
] as const;

/** What of a scenario was held to an availability, population by population. A request and its result have one place. */
function rowsOf(scenario: ScenarioRecord, heading: Cell): Cell[][] {
  return scenario.requests.flatMap((request, position): Cell[][] => {
    const result = scenario.checks[position];
    if (request.check !== "availability" || !result) return [];
    const { population, window } = request.facts;
    const figures = MEASURES.map(({ evidence, format }): Cell => [format(result.evidence[evidence] ?? null)]);
    return [[heading, [`${nameOf(population)}, ${window.name}`], ...figures, [{ kind: "status", status: result.verdict, short: true }]]];
  });
}

/** How fast clients were answered, from when they meant to ask. Milliseconds. */
export function latencyTable(scenarios: readonly ScenarioRecord[]): Table {
  return {
    caption: "Latency in milliseconds, from when an operation was meant to be sent; and the share answered within the deadline",
    columns: [
      { title: "Scenario" },
      { title: "Clients" },
      ...MEASURES.map(({ title }): Column => ({ title, align: "end" })),
      { title: "Verdict", align: "center" },
    ],
    rows: groupScenarios(scenarios).flatMap(({ anchor, ran }) =>
      ran.flatMap((scenario) => rowsOf(scenario, [{ kind: "link", to: `#${anchor}`, text: scenario.id }])),
    ),
    empty: "No scenario held clients to an availability.",
  };
}
