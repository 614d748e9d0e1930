import type { Element } from "hast";
import { h } from "hastscript";
import type { LogExcerpt, ScenarioRecord } from "../../run/record.ts";
import { machineText, saturationText } from "../../machine/tell.ts";
import { drawFigure } from "../figure/figure.ts";
import { scenarioFigure } from "../figure/scenario-figure.ts";
import { evidenceOf, findingOf } from "../model/evidence.ts";
import { formatDuration, plural } from "../model/numbers.ts";
import { groundsOf } from "../model/provenance.ts";
import { roundsTable } from "../model/rounds.ts";
import { claimsOf, mostTelling, rowsOf, type ScenarioGroup, wrongOnes } from "../model/scenario-groups.ts";
import { limitsOf, statusOf } from "../model/status.ts";
import type { SavedRun } from "../saved-run.ts";
import { printAnomalies } from "./anomalies.ts";
import { printCell, statusMark } from "./cells.ts";
import { printTable } from "./print-table.ts";

function printClaims({ members, ran }: ScenarioGroup): Element {
  const items = claimsOf(members).map(({ id, text }) => {
    if (ran.length === 0) return h("li", [statusMark("skipped"), h("div", text)]);
    const { status, checks, reasons } = findingOf(id, ran);
    const why = reasons.map((reason) => h("p", { className: ["small"] }, reason));
    const evidence = checks.length === 0 ? ["was not checked"] : printCell(evidenceOf(checks));
    return h("li", [statusMark(status), h("div", [text, h("div", { className: ["small", "muted"] }, evidence), ...why])]);
  });
  return h("ul", { className: ["claims"] }, items);
}

function printLogs(logs: readonly LogExcerpt[]): Element[] {
  return logs.map(({ member, lines }) =>
    h("details", { open: true, className: ["log"] }, [
      h("summary", `Log of ${member}, ${plural(lines.length, "line")} around the failure`),
      h("pre", h("code", lines.join("\n"))),
    ]),
  );
}

function printFigure(scenario: ScenarioRecord, group: ScenarioGroup, run: SavedRun): Element[] {
  const series = run.series.get(scenario.id);
  if (!series) return [h("p", { className: ["empty"] }, "Nothing was watched over time in this scenario.")];
  const repeated = group.ran.length > 1 ? ` Of ${group.ran.length} runs this is ${scenario.id}, the most telling.` : "";
  const caption = `What happened, over ${formatDuration(scenario.seconds)}.${scenario.fault ? " The shaded stretch is the fault." : ""}${repeated}`;
  return [h("figure", [h("figcaption", caption), ...drawFigure(scenarioFigure(scenario, series))])];
}

function printFault({ fault }: ScenarioRecord): Element[] {
  return fault ? [h("details", [h("summary", `How to do “${fault.name}” by hand`), h("pre", h("code", fault.byHand))])] : [];
}

function printMeta({ members, ran }: ScenarioGroup): Element {
  const rows = rowsOf(members);
  const tags = [...new Set(members.flatMap((member) => member.tags))];
  const parts = [
    ...(rows.length > 0 ? [`rows ${rows.join(", ")}`] : []),
    ...(tags.length > 0 ? [`tags ${tags.join(", ")}`] : []),
    ran.length > 1 ? `${ran.length} runs` : (ran[0]?.id ?? "not run"),
    ...groundsOf(ran).map((ground) => `on ${ground}`),
  ];
  return h("p", { className: ["small", "muted"] }, parts.join(" · "));
}

/** What else the machine did: one line, and the stretch in which others had used it up. */
function printMachine({ id, machine }: ScenarioRecord): Element[] {
  if (!machine) return [];
  const saturated = saturationText(machine);
  const about = h("p", { className: ["small", "muted"] }, `The machine during ${id}: ${machineText(machine)}.`);
  return [...(saturated === null ? [] : [h("p", { className: ["limit"] }, [h("b", "The machine: "), `${id}: ${saturated}`])]), about];
}

function printAgain({ id, verdict, again }: ScenarioRecord): Element[] {
  if (verdict === "pass" || again === undefined) return [];
  return [h("p", { className: ["small"] }, `To play ${id} again, at the same moments of chance:`), h("pre", h("code", again))];
}

function printFindings(scenario: ScenarioRecord, run: SavedRun): Element[] {
  const anomalies = printAnomalies(scenario, run.operations.get(scenario.id) ?? []);
  return [...printMachine(scenario), ...printAgain(scenario), ...anomalies, ...printLogs(scenario.logs)];
}

/** One scenario with its repetitions: claims, the figure of the one that tells most, and what went wrong. */
export function printScenario(group: ScenarioGroup, run: SavedRun): Element {
  const telling = mostTelling(group);
  const limits = [...new Set(group.members.flatMap(limitsOf))];
  const wrong = wrongOnes(group).flatMap((scenario) => printFindings(scenario, run));
  return h("article", { className: ["scenario"], id: group.anchor }, [
    h("header", [h("h3", group.title), statusMark(telling ? statusOf(telling) : "skipped")]),
    printMeta(group),
    ...group.skipped.map((reason) => h("p", `Skipped: ${reason}`)),
    ...limits.map((limit) => h("p", { className: ["limit"] }, [h("b", "Known limit: "), limit])),
    printClaims(group),
    ...(group.ran.length > 1 ? [printTable(roundsTable(group, run.histories))] : []),
    ...(telling ? [...printFault(telling), ...printFigure(telling, group, run)] : []),
    h("div", { id: `anomalies-of-${group.anchor}` }, wrong),
  ]);
}
