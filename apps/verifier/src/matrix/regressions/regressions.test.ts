import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { scenarioNamed } from "../scenarios.ts";
import { REGRESSIONS } from "./index.ts";
import { REGRESSION, stepsScenario } from "./regression.ts";

const NOT_ROWS = ["index.ts", "regression.ts", "regressions.test.ts"];

test("every file of the room is one row, and the rows are in the order of their names", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !NOT_ROWS.includes(file));
  expect(REGRESSIONS.map(({ id }) => `${id}.ts`)).toEqual(files.toSorted());
});

test.each(REGRESSIONS)("$id is brought back by a scenario of the matrix", ({ id, broughtBackBy }) => {
  if (typeof broughtBackBy === "string") {
    expect(scenarioNamed(broughtBackBy).tags).not.toContain(REGRESSION);
  } else {
    expect(scenarioNamed(id)).toBe(broughtBackBy);
    expect(broughtBackBy.tags).toContain(REGRESSION);
  }
});

test.each(REGRESSIONS)("$id is named after its source: an upstream issue, or the commit that closed what a run of ours found", (row) => {
  const [source] = row.sources;
  if (source.includes("#")) expect(row.id.startsWith(source.toLowerCase().replace(/[^a-z0-9]+/g, "-"))).toBe(true);
  else {
    expect(source).toMatch(/^[0-9a-f]{7}$/);
    expect(row.id).toMatch(/^own-/);
  }
});

test("what was seen after the steps of a regression is judged by one claim", async () => {
  const steps = { id: "patroni-1", title: "", rows: [], limit: 1, text: "It does not come back." };
  const looking = (wrong: readonly string[]) => stepsScenario({ ...steps, look: async () => ({ wrong, evidence: { looks: 1 } }) });
  const stage = { phase: () => undefined } as unknown as Parameters<ReturnType<typeof looking>["play"]>[0];
  expect((await looking([]).play(stage)).checks).toMatchObject([{ claim: "patroni-1-closed", verdict: "pass" }]);
  expect((await looking(["it is back"]).play(stage)).checks).toMatchObject([{ verdict: "fail", reason: "it is back" }]);
});
