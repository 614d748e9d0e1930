import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { SCENARIOS } from "../../apps/verifier/src/matrix/scenarios.ts";
import { REQUIREMENTS, type RequirementId } from "../../apps/verifier/src/requirements/requirements.ts";
import { citingTests, formatRequirements, proofsOf, withTable } from "./requirements.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const PAGE = path.join(ROOT, "docs/architecture.md");
const HEADING = "## What proves what";

const tests = citingTests(ROOT);

test("docs/architecture.md says what holds each requirement", async () => {
  const table = formatRequirements(SCENARIOS, tests);
  await expect(withTable(readFileSync(PAGE, "utf8"), HEADING, table)).toMatchFileSnapshot(PAGE);
});

test("a test cites requirements that there are", () => {
  expect(tests.length).toBeGreaterThan(20);
  for (const { id, file } of tests) expect(Object.keys(REQUIREMENTS), file).toContain(id);
});

test.each(Object.keys(REQUIREMENTS) as RequirementId[])("%s is held by something, or said to be open", (id) => {
  const { heldBy, isOpen } = REQUIREMENTS[id];
  const { scenarios, files } = proofsOf(id, SCENARIOS, tests);
  const isHeld = heldBy !== undefined || scenarios.length > 0 || files.length > 0;
  expect(isHeld).toBe(isOpen !== true);
});

describe("a table", () => {
  test("is exchanged in its section alone", () => {
    const page = "# a\n\n| x |\n| --- |\n\n## b\n\ntext\n\n| old |\n| --- |\n| 1 |\n\n## c\n";
    expect(withTable(page, "## b", "| new |")).toBe("# a\n\n| x |\n| --- |\n\n## b\n\ntext\n\n| new |\n\n## c\n");
    expect(() => withTable(page, "## d", "| new |")).toThrow("no table below ## d");
  });
});
