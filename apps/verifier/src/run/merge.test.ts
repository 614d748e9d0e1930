import { describe, expect, test } from "vitest";
import { whyNotWhole } from "./completeness.ts";
import { mergeRuns } from "./merge.ts";
import { groundOn, savedRun, savedScenario } from "./testing/saved-runs.ts";

const COMMAND = "verifier run --bundle clusters/runs --suite full --seed 7";

function shard(number: number, ids: readonly string[], more: Partial<Parameters<typeof savedRun>[0]> = {}) {
  return savedRun({ planned: ids, scenarios: ids.map((id) => savedScenario(id)), choice: { shard: { number, of: 3 } }, ...more });
}

const one = shard(1, ["a", "b.2"]);
const two = shard(2, ["b.1"]);
const three = shard(3, ["c"]);

describe("shards merged", () => {
  test("are one run, in whatever order they are given, and whole", () => {
    const merged = mergeRuns([three, one, two], COMMAND);
    expect(merged).toEqual(mergeRuns([one, two, three], COMMAND));
    expect(merged.scenarios.map(({ id }) => id)).toEqual(["a", "b.2", "b.1", "c"]);
    expect(merged.header).toMatchObject({ command: COMMAND, seconds: 180, planned: ["a", "b.2", "b.1", "c"], parts: [{}, {}, {}] });
    expect(merged.header.choice).not.toHaveProperty("shard");
    expect([merged.verdict, whyNotWhole(merged)]).toEqual(["pass", []]);
  });

  test("are not whole where one is not there, or lacks a play", () => {
    expect(whyNotWhole(mergeRuns([one, three], COMMAND))).toEqual(["1 of 4 plays are missing: all of shard 2/3"]);
    const cut = shard(2, ["b.1"], { scenarios: [], cutShort: "interrupted" });
    const merged = mergeRuns([one, cut, three], COMMAND);
    expect(whyNotWhole(merged)).toEqual(["1 of 4 plays are missing: b.1"]);
    expect(merged.header.cutShort).toBe("2/3: interrupted");
  });

  test("are not whole where they ran on different trees", () => {
    const other = shard(3, ["c"], { scenarios: [savedScenario("c", { ranOn: groundOn("cafe") })] });
    expect(whyNotWhole(mergeRuns([one, two, other], COMMAND))).toEqual([
      "it ran on 2 trees: 3 on commit c0ffee, 1 on commit cafe with changes (tree tree-of-cafe)",
    ]);
  });

  test("have the worst verdict of all, earlier attempts included", () => {
    const former = [savedScenario("c.before-1", { verdict: "fail" })];
    expect(mergeRuns([one, two, shard(3, ["c"], { former })], COMMAND)).toMatchObject({ verdict: "fail", former });
  });

  test("tell of a scenario that none could play once", () => {
    const skipped = savedScenario("d", { skipped: "no such disk", verdict: "unknown" });
    const withSkipped = (number: number, id: string) => shard(number, [id], { scenarios: [savedScenario(id), skipped] });
    const merged = mergeRuns([withSkipped(1, "a"), withSkipped(2, "b"), withSkipped(3, "c")], COMMAND);
    expect(merged.scenarios.map(({ id }) => id)).toEqual(["a", "d", "b", "c"]);
  });
});

describe("what is not of one run is not merged", () => {
  test.each([
    ["another seed", shard(2, ["b.1"], { seed: 8 }), "seed: 7 and 8"],
    ["another suite", shard(2, ["b.1"], { choice: { suite: "smoke", shard: { number: 2, of: 3 } } }), 'suite: "full" and "smoke"'],
    ["another number of shards", shard(2, ["b.1"], { choice: { shard: { number: 2, of: 4 } } }), "shards: 3 and 4"],
    ["the same shard twice", one, "shard 1/3 is there twice"],
    ["a whole run", shard(2, ["b.1"], { choice: {} }), "2030-04-02 is no shard"],
  ])("%s", (_, other, reason) => {
    expect(() => mergeRuns([one, other], COMMAND)).toThrow(reason);
  });
});
