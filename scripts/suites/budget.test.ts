import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BUDGET, CEILING, formatTime, formatTotal } from "./budget.ts";

const PAGE = readFileSync(new URL("../../docs/tests.md", import.meta.url), "utf8");

test("all parts together keep to the ceiling", () => {
  expect(Object.values(BUDGET).reduce((sum, minutes) => sum + minutes, 0)).toBeLessThanOrEqual(CEILING);
});

test.each(Object.entries(BUDGET))("docs/tests.md has the budget of %s", (script, minutes) => {
  const rows = PAGE.split("\n").filter((line) => line.includes(`\`pnpm ${script}\``));
  expect(rows).toHaveLength(1);
  expect(rows[0]?.split("|").at(-2)?.trim()).toBe(String(minutes));
});

test("docs/tests.md has the ceiling", () => {
  expect(PAGE).toContain(`| **\`.ci/run\`**, all of these | `);
  expect(PAGE).toContain(`| **${CEILING}** |`);
});

test("every script of the budget is one of package.json", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { scripts: object };
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(Object.keys(BUDGET)));
});

test("a part says how long it took of what it may, and that it took more", () => {
  expect(formatTime({ name: "test", seconds: 162 })).toBe("2.7 of 4 min");
  expect(formatTime({ name: "test", seconds: 241 })).toBe("4.0 of 4 min, over its budget");
  expect(
    formatTotal([
      { name: "test", seconds: 162 },
      { name: "check", seconds: 60 },
    ]),
  ).toBe("3.7 of 35 min");
  expect(formatTotal([{ name: "test:live", seconds: 2101 }])).toBe("35.0 of 35 min, over the budget");
});
