import { type MutantRecord, type Outcome, OUTCOMES, type SelfTestRecord } from "./record.ts";

const MARKS: Record<Outcome, string> = { killed: "✓", alive: "✗", unknown: "?", impossible: "-" };

/** One mutant, for whoever waits. */
export function mutantLine({ id, title, outcome, claim, observation, seconds }: MutantRecord): string {
  return `${MARKS[outcome]} ${id}: ${title} (${outcome}, ${seconds.toFixed(0)} s)\n    ${claim}: ${observation}`;
}

/** How many mutants came to each end, and which live. */
export function summaryLine({ mutants, controls, seconds }: SelfTestRecord): string {
  const counts = OUTCOMES.map((outcome) => `${mutants.filter((mutant) => mutant.outcome === outcome).length} ${outcome}`);
  const alive = mutants.filter(({ outcome }) => outcome === "alive").map(({ id }) => id);
  const held = controls.filter(({ holds }) => holds).length;
  const names = alive.length === 0 ? "" : `; alive: ${alive.join(", ")}`;
  return `${counts.join(", ")}${names}; ${held} of ${controls.length} claims hold on the unbroken cluster; ${seconds.toFixed(0)} s`;
}

function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`).replaceAll("\n", " ");
}

/** The whole self-test as a page of Markdown. */
export function renderSelfTest(record: SelfTestRecord): string {
  const rows = record.mutants.map(
    ({ id, title, outcome, claim, observation, seconds }) =>
      `| ${id} | ${cell(title)} | ${outcome} | ${claim} | ${cell(observation)} | ${seconds.toFixed(0)} |`,
  );
  const controls = record.controls.map(
    ({ claim, finder, holds, reason, seconds }) =>
      `| ${claim} | ${finder} | ${holds ? "holds" : cell(reason ?? "")} | ${seconds.toFixed(0)} |`,
  );
  return [
    `# Self-test of the verifier on ${record.scope}`,
    "",
    `${record.started}. ${summaryLine(record)}.`,
    "",
    "| mutant | what is broken | outcome | claim | observed on the running cluster | s |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    "The same claims on the cluster that nobody broke:",
    "",
    "| claim | scenario | outcome | s |",
    "| --- | --- | --- | --- |",
    ...controls,
    "",
  ].join("\n");
}
