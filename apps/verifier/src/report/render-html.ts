import type { Element, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { drawFigure } from "./figure/figure.ts";
import { hatchPattern } from "./figure/marks.ts";
import { recoveryFigure } from "./figure/recovery-figure.ts";
import { printTable } from "./html/print-table.ts";
import { printRunFacts } from "./html/run-facts.ts";
import { printScenario } from "./html/scenario.ts";
import { STYLE } from "./html/style.ts";
import { printSummary } from "./html/summary.ts";
import { latencyTable } from "./model/latency.ts";
import { limitsTable, untestedTable } from "./model/gaps.ts";
import { lossTable } from "./model/loss.ts";
import { matrixTable } from "./model/matrix.ts";
import { formerTable } from "./model/provenance.ts";
import { recoveriesOf, recoveryTable } from "./model/recovery.ts";
import { safetyTable } from "./model/safety.ts";
import { groupScenarios } from "./model/scenario-groups.ts";
import { summarise } from "./model/summary.ts";
import type { SavedRun } from "./saved-run.ts";

/** Nothing may be fetched or run, whatever stands in the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const SECTIONS = [
  ["summary", "Summary"],
  ["run", "The run"],
  ["safety", "Safety"],
  ["recovery", "Recovery"],
  ["matrix", "Faults and properties"],
  ["scenarios", "Scenarios"],
  ["untested", "Not tested"],
] as const;

function section(id: (typeof SECTIONS)[number][0], title: string, ...content: readonly Element[]): Element {
  return h("section", { id }, [h("h2", title), ...content]);
}

function recoverySection({ record }: SavedRun): Element {
  const recoveries = recoveriesOf(record.scenarios);
  const figure =
    recoveries.length === 0 ? [] : [h("figure", [h("figcaption", RECOVERY_CAPTION), ...drawFigure(recoveryFigure(recoveries))])];
  const loss = lossTable(record.scenarios, record.header.cluster.replication);
  return section(
    "recovery",
    "Recovery: how long, and what it cost",
    printTable(recoveryTable(recoveries)),
    ...figure,
    printTable(loss),
    printTable(latencyTable(record.scenarios)),
  );
}

const RECOVERY_CAPTION = "Each dot is a measurement, each box what was predicted before. A dot in red is outside by more than a second.";

function bodyOf(run: SavedRun): Element[] {
  const { record } = run;
  return [
    hatchPattern(),
    h("main", [
      printSummary(summarise(run), record.header),
      h(
        "nav",
        { ariaLabel: "Sections" },
        SECTIONS.slice(1).map(([id, title]) => h("a", { href: `#${id}` }, title)),
      ),
      printRunFacts(record),
      section("safety", "Safety: what was claimed, and what was found", printTable(safetyTable(run))),
      recoverySection(run),
      section("matrix", "Faults and properties", printTable(matrixTable(record), "matrix")),
      section("scenarios", "Scenarios", ...groupScenarios(record.scenarios).map((group) => printScenario(group, run))),
      section(
        "untested",
        "What was not tested, and known limits",
        printTable(untestedTable(record)),
        printTable(limitsTable(record)),
        ...(record.former ? [printTable(formerTable(record))] : []),
      ),
    ]),
  ];
}

/** The report as one HTML page that needs nothing else: no network, no script. */
export function renderHtml(run: SavedRun): string {
  const page: Root = {
    type: "root",
    children: [
      { type: "doctype" },
      h("html", { lang: "en" }, [
        h("head", [
          h("meta", { charSet: "utf-8" }),
          h("meta", { httpEquiv: "Content-Security-Policy", content: POLICY }),
          h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
          h("title", `Matriarch verifier: ${run.record.header.cluster.scope}, ${run.record.header.id}`),
          h("style", STYLE),
        ]),
        h("body", bodyOf(run)),
      ]),
    ],
  };
  return `${toHtml(page)}\n`;
}
