import { expect, test } from "vitest";
import { groundOn, savedRun, savedScenario } from "../../run/testing/saved-runs.ts";
import { renderMarkdown } from "../render-markdown.ts";
import { formerTable, groundsOf, partsText } from "./provenance.ts";

const failed = { claim: "c", verdict: "fail", reason: "one was lost", limit: null, evidence: {}, anomalies: [] } as const;
const attempt = savedScenario("a.before-1", { title: "a", verdict: "fail", checks: [failed], ranOn: groundOn("cafe") });
const run = savedRun({ planned: ["a", "b"], scenarios: [savedScenario("a")], former: [attempt], parts: 2 });

test("an earlier attempt is shown with its verdict, its reason, what it ran on, and what came of it", () => {
  expect(formerTable(run).rows).toEqual([
    [
      ["a (a.before-1)"],
      [{ kind: "status", status: "fail" }],
      ["one was lost"],
      ["commit cafe with changes (tree tree-of-cafe), bundle 1001"],
      [{ kind: "status", status: "pass" }],
    ],
  ]);
  expect(formerTable({ ...run, scenarios: [] }).rows[0]).toContainEqual(["not yet"]);
});

test("what scenarios ran on is told once each; the starts of a run where there was more than one, or where it is a shard", () => {
  expect(groundsOf([savedScenario("a"), savedScenario("b"), attempt])).toEqual([
    "commit c0ffee, bundle 1001",
    "commit cafe with changes (tree tree-of-cafe), bundle 1001",
  ]);
  expect(partsText(run.header)).toHaveLength(2);
  expect(partsText(savedRun({ scenarios: [] }).header)).toEqual([]);
  const shard = savedRun({ scenarios: [], choice: { shard: { number: 2, of: 3 } } });
  expect(partsText(shard.header)).toEqual(["shard 2/3, 2030-04-02T12:00:00Z, 1 min 0 s"]);
});

test("the report of a run that is not whole says so first, and has the earlier attempts", () => {
  const text = renderMarkdown({ record: run, series: new Map(), operations: new Map(), histories: new Set() });
  expect(text).toMatch(/^# \? Not whole: 1 of 2 plays are missing: b\./);
  expect(text).toContain("Run before, and again");
});
