import type { Root, RootContent } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";
import { code, heading, list, paragraph, strong } from "./markdown/blocks.ts";
import { printTable } from "./markdown/print-table.ts";
import { printScenario } from "./markdown/scenario.ts";
import { limitsTable, untestedTable } from "./model/gaps.ts";
import { latencyTable } from "./model/latency.ts";
import { lossTable } from "./model/loss.ts";
import { matrixTable } from "./model/matrix.ts";
import { recoveriesOf, recoveryTable } from "./model/recovery.ts";
import { formerTable } from "./model/provenance.ts";
import { patroniConfiguration, runFacts } from "./model/run-facts.ts";
import { safetyTable } from "./model/safety.ts";
import { groupScenarios } from "./model/scenario-groups.ts";
import { STATUSES } from "./model/status.ts";
import { type Summary, summarise } from "./model/summary.ts";
import type { SavedRun } from "./saved-run.ts";

function printSummary({ status, headline, tiles, story, attention }: Summary, command: string): RootContent[] {
  const wanting = attention.map(({ status: bad, title, reason }) => paragraph(strong(`${STATUSES[bad].sign} ${title}`), `: ${reason}`));
  return [
    heading(1, `${STATUSES[status].sign} ${headline}`),
    list(tiles.map(({ label, value, note }) => paragraph(`${label}: `, strong(value), ` (${note})`))),
    ...(wanting.length > 0 ? [heading(2, "What needs attention"), list(wanting)] : []),
    ...story.flatMap(({ heading: title, text }) => [heading(2, title), paragraph(text)]),
    heading(2, "Run it again"),
    code(command, "sh"),
  ];
}

function printFacts({ record }: SavedRun): RootContent[] {
  const groups = runFacts(record).flatMap(({ title, facts }) => [
    heading(3, title),
    list(facts.map(({ name, value }) => paragraph(`${name}: `, strong(value)))),
  ]);
  return [
    heading(2, "The run"),
    ...groups,
    heading(3, "Patroni's dynamic configuration in force"),
    code(patroniConfiguration(record), "yaml"),
  ];
}

/** The report as Markdown, for where no page is opened: everything but the figures, and what they show in words. */
export function renderMarkdown(run: SavedRun): string {
  const { record } = run;
  const document: Root = {
    type: "root",
    children: [
      ...printSummary(summarise(run), record.header.command),
      ...printFacts(run),
      heading(2, "Safety: what was claimed, and what was found"),
      ...printTable(safetyTable(run)),
      heading(2, "Recovery: how long, and what it cost"),
      ...printTable(recoveryTable(recoveriesOf(record.scenarios))),
      ...printTable(lossTable(record.scenarios, record.header.cluster.replication)),
      ...printTable(latencyTable(record.scenarios)),
      heading(2, "Faults and properties"),
      ...printTable(matrixTable(record)),
      heading(2, "Scenarios"),
      ...groupScenarios(record.scenarios).flatMap((group) => printScenario(group, run)),
      heading(2, "What was not tested, and known limits"),
      ...printTable(untestedTable(record)),
      ...printTable(limitsTable(record)),
      ...(record.former ? printTable(formerTable(record)) : []),
    ],
  };
  return toMarkdown(document, { bullet: "-", extensions: [gfmTableToMarkdown({ tablePipeAlign: false })] });
}
