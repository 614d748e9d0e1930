import { expect, test } from "vitest";
import { remainderOf } from "./resume.ts";
import { savedRun, savedScenario } from "./testing/saved-runs.ts";

const passed = savedScenario("a");
const failed = savedScenario("b.1", { verdict: "fail" });
const unknown = savedScenario("b.2", { verdict: "unknown" });
const interrupted = savedScenario("c", { verdict: "unknown", interrupted: true });
const skipped = savedScenario("d", { verdict: "unknown", skipped: "interrupted" });
const run = savedRun({ planned: ["a", "b.1", "b.2", "c", "d"], scenarios: [passed, failed, unknown, interrupted, skipped] });

const kept = (...rerun: Parameters<typeof remainderOf>[1][number][]) => remainderOf(run, rerun).kept.map(({ id }) => id);

test("what was played to its end stays, whatever came out; what was interrupted or not played is played", () => {
  expect(remainderOf(run, [])).toEqual({ kept: [passed, failed, unknown], former: [], setAside: [] });
});

test("what failed or was unknown is played again where somebody asks for it", () => {
  expect([kept("failed"), kept("unknown"), kept("failed", "unknown")]).toEqual([["a", "b.2"], ["a", "b.1"], ["a"]]);
});

test("what is played again is kept as an earlier attempt, with its files under another name", () => {
  const { former, setAside } = remainderOf(run, ["failed"]);
  expect(former).toEqual([{ ...failed, id: "b.1.before-1" }]);
  expect(setAside).toEqual([{ from: "b.1", to: "b.1.before-1" }]);
});

test("each attempt has a number of its own, counted for its scenario", () => {
  const again = savedRun({
    planned: ["b.1", "b"],
    scenarios: [failed, savedScenario("b", { verdict: "fail" })],
    former: [{ ...failed, id: "b.1.before-1" }],
  });
  expect(remainderOf(again, ["failed"]).former.map(({ id }) => id)).toEqual(["b.1.before-1", "b.1.before-2", "b.before-1"]);
});
