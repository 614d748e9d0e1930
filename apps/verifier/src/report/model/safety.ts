import { RUN_FILES, type ScenarioRecord } from "../../run/record.ts";
import type { SavedRun } from "../saved-run.ts";
import { evidenceOf, findingOf } from "./evidence.ts";
import { plural } from "./numbers.ts";
import { claimsOf, groupScenarios, rowsOf, type ScenarioGroup } from "./scenario-groups.ts";
import type { Cell, Inline, Row, Table } from "./table.ts";

type Claim = ScenarioRecord["claims"][number];

/** Where the operations are that show it: what was found first, else the histories. */
function proofOf({ anchor, ran }: ScenarioGroup, hasAnomaly: boolean, histories: ReadonlySet<string>): Cell {
  if (hasAnomaly) return [{ kind: "link", to: `#anomalies-of-${anchor}`, text: "what shows it" }];
  const saved = ran.filter(({ id }) => histories.has(id));
  return saved.map(({ id }, position): Inline => ({
    kind: "link",
    to: RUN_FILES.history(id),
    text: saved.length === 1 ? "history" : `${position === 0 ? "histories " : ""}${position + 1}`,
  }));
}

function rowOf(group: ScenarioGroup, claim: Claim, histories: ReadonlySet<string>): Row {
  if (group.ran.length === 0) return [[claim.text], group.skipped, [{ kind: "status", status: "skipped" }], []];
  const { status, checks, reasons } = findingOf(claim.id, group.ran);
  const evidence: Cell = checks.length === 0 ? ["was not checked"] : evidenceOf(checks);
  const found = reasons.map((text): Inline => ({ kind: "line", text }));
  const anomalies = checks.some((check) => check.anomalies.length > 0);
  return [[claim.text], [...evidence, ...found], [{ kind: "status", status }], proofOf(group, anomalies, histories)];
}

function headingOf(group: ScenarioGroup): Cell {
  const rows = rowsOf(group.members);
  const about = [
    ...(rows.length > 0 ? [rows.join(", ")] : []),
    ...(group.ran.length > 1 ? [`ranges over ${plural(group.ran.length, "run")}`] : []),
  ];
  return [
    { kind: "link", to: `#${group.anchor}`, text: group.title },
    { kind: "aside", text: about.join(" · ") },
  ];
}

/** Every claim by its scenario, what was found about it, and where to look. */
export function safetyTable({ record, histories }: SavedRun): Table {
  return {
    caption: "What was looked for and never found stands last, with 0; what could not be told, with ?",
    columns: [{ title: "Claim" }, { title: "Evidence" }, { title: "Verdict" }, { title: "Operations" }],
    rows: groupScenarios(record.scenarios).flatMap((group) => {
      const claims = claimsOf(group.members);
      return claims.length === 0 ? [] : [{ heading: headingOf(group) }, ...claims.map((claim) => rowOf(group, claim, histories))];
    }),
    empty: "Nothing was claimed.",
  };
}
