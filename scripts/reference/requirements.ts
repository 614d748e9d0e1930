import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { REQUIREMENTS, type RequirementId } from "../../apps/verifier/src/requirements/requirements.ts";
import type { Scenario } from "../../apps/verifier/src/run/scenario.ts";

/** A test whose name begins with ids of requirements: `A1, A18: it runs`. */
export interface CitingTest {
  /** File name without its ending: `front-door.live`. */
  readonly file: string;
  readonly id: string;
}

const CITATION = /["'`]([A-F]\d+(?:, [A-F]\d+)*): /g;

/** Every test below a folder that cites a requirement at the beginning of its name. */
export function citingTests(root: string): CitingTest[] {
  const files = globSync("{apps,packages}/*/src/**/*.test.ts", { cwd: root }).toSorted();
  return files.flatMap((file) =>
    [...readFileSync(path.join(root, file), "utf8").matchAll(CITATION)].flatMap(([, ids = ""]) =>
      ids.split(", ").map((id) => ({ file: path.basename(file, ".test.ts"), id })),
    ),
  );
}

/** As many scenarios as a cell can hold: `verifier list` has all of them. */
const SHOWN = 3;

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

function scenariosIn(ids: readonly string[]): string {
  return ids.length <= SHOWN ? code(ids) : `${code(ids.slice(0, SHOWN))}, …`;
}

/** What holds a requirement; empty: nothing does. */
export function proofsOf(id: RequirementId, scenarios: readonly Scenario[], tests: readonly CitingTest[]) {
  const files = [...new Set(tests.filter((test) => test.id === id).map(({ file }) => file))];
  return { scenarios: scenarios.filter(({ rows }) => rows.includes(id)).map((scenario) => scenario.id), files };
}

/** The table of what holds each requirement, as Markdown. */
export function formatRequirements(scenarios: readonly Scenario[], tests: readonly CitingTest[]): string {
  const rows = (Object.keys(REQUIREMENTS) as RequirementId[]).map((id) => {
    const { text, heldBy } = REQUIREMENTS[id];
    const proofs = proofsOf(id, scenarios, tests);
    const held = [code(proofs.files), heldBy ?? ""].filter((part) => part !== "").join("; ");
    const none = held === "" && proofs.scenarios.length === 0;
    return `| ${id} | ${text} | ${none ? "*nothing yet*" : held} | ${scenariosIn(proofs.scenarios)} |`;
  });
  return ["| id | what has to hold | held by tests | and by scenarios |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** A page with the table of one of its sections exchanged. Throws where the section has none. */
export function withTable(page: string, heading: string, table: string): string {
  const [before, section] = page.split(`${heading}\n`);
  const found = section === undefined ? null : /^\|.*(?:\n\|.*)*$/m.exec(section);
  if (before === undefined || section === undefined || !found) throw new Error(`no table below ${heading}`);
  return `${before}${heading}\n${section.slice(0, found.index)}${table}${section.slice(found.index + found[0].length)}`;
}
