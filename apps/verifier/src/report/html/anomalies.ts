import type { Element } from "hast";
import { h } from "hastscript";
import type { Operation } from "../../history/operation.ts";
import type { Anomaly } from "../../checks/result.ts";
import type { ScenarioRecord } from "../../run/record.ts";
import { drawFigure } from "../figure/figure.ts";
import { operationsFigure } from "../figure/operations-figure.ts";
import { anchorOf } from "../model/anchor.ts";
import { operationsOfAnomaly, operationsTable } from "../model/operations.ts";
import { printTable } from "./print-table.ts";

interface Place {
  readonly scenario: ScenarioRecord;
  readonly claim: string;
  readonly operations: readonly Operation[];
}

function printOne(anomaly: Anomaly, id: string, { scenario, operations }: Place): Element {
  const shown = operationsOfAnomaly(anomaly, operations);
  const figure = shown.length === 0 ? [] : [h("figure", drawFigure(operationsFigure(`figure-${id}`, shown, scenario)))];
  return h("div", { className: ["anomaly"], id }, [
    h("h4", anomaly.kind),
    h("p", `${anomaly.message}.`.replace(/\.\.$/, ".")),
    ...figure,
    printTable(operationsTable(shown, scenario)),
  ]);
}

function printCheck(anomalies: readonly Anomaly[], { scenario, claim, operations }: Place): Element[] {
  return [...Map.groupBy(anomalies, ({ kind }) => kind)].flatMap(([kind, [first, ...more]]) => {
    if (!first) return [];
    const rest = h("details", [
      h("summary", `${more.length} more of this kind`),
      h(
        "ul",
        more.map(({ message }) => h("li", message)),
      ),
    ]);
    return [
      printOne(first, anchorOf("anomaly", scenario.id, claim, kind), { scenario, claim, operations }),
      ...(more.length > 0 ? [rest] : []),
    ];
  });
}

/** For each kind of anomaly in each check: the first, with the fewest operations that show it. */
export function printAnomalies(scenario: ScenarioRecord, operations: readonly Operation[]): Element[] {
  return scenario.checks.flatMap(({ claim, anomalies }) => printCheck(anomalies, { scenario, claim, operations }));
}
