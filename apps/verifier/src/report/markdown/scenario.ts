import type { RootContent } from "mdast";
import type { ScenarioRecord } from "../../run/record.ts";
import { machineText, saturationText } from "../../machine/tell.ts";
import { scenarioFigure } from "../figure/scenario-figure.ts";
import { evidenceOf, findingOf } from "../model/evidence.ts";
import { operationsOfAnomaly, operationsTable } from "../model/operations.ts";
import { groundsOf } from "../model/provenance.ts";
import { roundsTable } from "../model/rounds.ts";
import { claimsOf, mostTelling, rowsOf, type ScenarioGroup, wrongOnes } from "../model/scenario-groups.ts";
import { limitsOf, type Status, STATUSES } from "../model/status.ts";
import type { Inline } from "../model/table.ts";
import type { SavedRun } from "../saved-run.ts";
import { code, heading, list, paragraph, strong, text } from "./blocks.ts";
import { printCell, printTable } from "./print-table.ts";

function statusText(status: Status): string {
  return `${STATUSES[status].sign} ${STATUSES[status].word}`;
}

function printClaims({ members, ran }: ScenarioGroup): RootContent {
  return list(
    claimsOf(members).map(({ id, text: claim }) => {
      if (ran.length === 0) return paragraph(strong(statusText("skipped")), `: ${claim}`);
      const { status, checks, reasons } = findingOf(id, ran);
      const evidence: Inline[] = checks.length === 0 ? ["was not checked"] : evidenceOf(checks);
      const why = reasons.map((reason): Inline => ({ kind: "line", text: reason }));
      return paragraph(strong(statusText(status)), `: ${claim} `, ...printCell([...evidence, ...why]));
    }),
  );
}

function printFindings(scenario: ScenarioRecord, run: SavedRun): RootContent[] {
  const operations = run.operations.get(scenario.id) ?? [];
  const anomalies = scenario.checks.flatMap((check) => check.anomalies);
  const shown = [...Map.groupBy(anomalies, ({ kind }) => kind)].flatMap(([kind, [first, ...more]]): RootContent[] => {
    if (!first) return [];
    const others = more.length === 0 ? [] : [list(more.map(({ message }) => paragraph(message)))];
    const table = printTable(operationsTable(operationsOfAnomaly(first, operations), scenario));
    return [heading(4, `${scenario.id}: ${kind}`), paragraph(first.message), ...table, ...others];
  });
  const logs = scenario.logs.flatMap(({ member, lines }): RootContent[] => [
    heading(4, `${scenario.id}: log of ${member} around the failure`),
    code(lines.join("\n")),
  ]);
  const again = scenario.verdict === "pass" || scenario.again === undefined ? [] : [scenario.again];
  const command = again.flatMap((line) => [paragraph(`To play ${scenario.id} again, at the same moments of chance:`), code(line, "sh")]);
  return [...printMachine(scenario), ...command, ...shown, ...logs];
}

function printMachine({ id, machine }: ScenarioRecord): RootContent[] {
  if (!machine) return [];
  const saturated = saturationText(machine);
  return [paragraph(`The machine during ${id}: `, ...(saturated === null ? [] : [strong(saturated), "; "]), `${machineText(machine)}.`)];
}

/** What the figure shows, in words. */
function printSeen(scenario: ScenarioRecord, { series }: SavedRun): RootContent[] {
  const watched = series.get(scenario.id);
  if (!watched) return [];
  return [paragraph(`What was seen in ${scenario.id}:`), list(scenarioFigure(scenario, watched).strips.map(({ says }) => paragraph(says)))];
}

/** One scenario with its repetitions: claims, what was seen in the one that tells most, and what went wrong. */
export function printScenario(group: ScenarioGroup, run: SavedRun): RootContent[] {
  const telling = mostTelling(group);
  const limits = [...new Set(group.members.flatMap(limitsOf))];
  const about = [
    rowsOf(group.members).join(", "),
    group.members.map(({ id }) => id).join(", "),
    ...groundsOf(group.ran).map((ground) => `on ${ground}`),
  ].filter((part) => part !== "");
  const byHand = telling?.fault ? [paragraph(`How to do “${telling.fault.name}” by hand:`), code(telling.fault.byHand, "sh")] : [];
  return [
    heading(3, `${group.title}: ${statusText(group.status)}`),
    paragraph(about.join(" · ")),
    ...group.skipped.map((reason) => paragraph(strong("Skipped"), text(`: ${reason}`))),
    ...limits.map((limit) => paragraph(strong("Known limit"), text(`: ${limit}`))),
    printClaims(group),
    ...(group.ran.length > 1 ? printTable(roundsTable(group, run.histories)) : []),
    ...byHand,
    ...(telling ? printSeen(telling, run) : []),
    ...wrongOnes(group).flatMap((scenario) => printFindings(scenario, run)),
  ];
}
