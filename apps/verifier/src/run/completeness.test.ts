import { describe, expect, test } from "vitest";
import { groundOn, savedRun, savedScenario } from "./testing/saved-runs.ts";
import { sourcesOf, verdictOf, whyNotWhole } from "./completeness.ts";

describe("a run", () => {
  const planned = ["a", "b.1", "b.2"];
  const all = planned.map((id) => savedScenario(id));

  test("is a whole where every planned play is there, of one tree and one bundle", () => {
    expect(whyNotWhole(savedRun({ planned, scenarios: all }))).toEqual([]);
  });

  test("that lacks a play is none, and names it; one that was interrupted lacks it as well", () => {
    expect(whyNotWhole(savedRun({ planned, scenarios: all.slice(0, 2) }))).toEqual(["1 of 3 plays are missing: b.2"]);
    const interrupted = [...all.slice(0, 2), savedScenario("b.2", { verdict: "unknown", interrupted: true })];
    expect(whyNotWhole(savedRun({ planned, scenarios: interrupted }))).toEqual(["1 of 3 plays are missing: b.2"]);
  });

  test("of two trees is none, and says which plays ran on which commit", () => {
    const scenarios = [...all.slice(0, 2), savedScenario("b.2", { ranOn: groundOn("cafe") })];
    expect(whyNotWhole(savedRun({ planned, scenarios }))).toEqual([
      "it ran on 2 trees: 2 on commit c0ffee, 1 on commit cafe with changes (tree tree-of-cafe)",
    ]);
  });

  test("of two commits with the same files is a whole: a message that was reworded changes nothing", () => {
    const { ranOn } = savedScenario("b.2");
    const scenarios = [...all.slice(0, 2), savedScenario("b.2", { ranOn: { ...groundOn("x"), ...ranOn, commit: "reworded" } })];
    expect(whyNotWhole(savedRun({ planned, scenarios }))).toEqual([]);
  });

  test("of two generations of the bundle is none", () => {
    const { ranOn = groundOn("x") } = savedScenario("b.2");
    const scenarios = [...all.slice(0, 2), savedScenario("b.2", { ranOn: { ...ranOn, generation: "9002" } })];
    expect(whyNotWhole(savedRun({ planned, scenarios }))).toEqual(["it ran on 2 generations of the bundle: 2 on 1001, 1 on 9002"]);
  });

  test("without git is a whole where it was played at one go, and none in parts", () => {
    const ranOn = { commit: null, tree: null, changed: false, generation: "1001" };
    const scenarios = planned.map((id) => savedScenario(id, { ranOn }));
    expect(whyNotWhole(savedRun({ planned, scenarios }))).toEqual([]);
    expect(whyNotWhole(savedRun({ planned, scenarios, parts: 2 }))).toEqual([
      "git does not tell whether its parts ran on the same sources",
    ]);
  });

  test("that only time ends lacks nothing; one that was saved before anything of this was recorded is none", () => {
    expect(whyNotWhole(savedRun({ scenarios: all }))).toEqual([]);
    const { header, ...saved } = savedRun({ planned, scenarios: all });
    const { parts: _, ...before } = header;
    expect(whyNotWhole({ ...saved, header: before })).toEqual(["it was saved by a version that did not record what it ran on"]);
  });

  test("names a few of many that are missing", () => {
    const many = Array.from({ length: 9 }, (_, at) => `s${at}`);
    expect(whyNotWhole(savedRun({ planned: many, scenarios: [] }))).toEqual(["9 of 9 plays are missing: s0, s1, s2, s3, s4, …"]);
  });
});

describe("the verdict", () => {
  const later = savedScenario("a");

  test("is the worst of what was played; what was skipped has none; nothing played is unknown", () => {
    expect(verdictOf({ scenarios: [later, savedScenario("b", { verdict: "unknown" })] })).toBe("unknown");
    expect(verdictOf({ scenarios: [later, savedScenario("b", { verdict: "unknown", skipped: "no such disk" })] })).toBe("pass");
    expect(verdictOf({ scenarios: [] })).toBe("unknown");
  });

  test("is not improved by another attempt on the same tree: what failed there fails sometimes", () => {
    expect(verdictOf({ scenarios: [later], former: [savedScenario("a.before-1", { verdict: "fail" })] })).toBe("fail");
  });

  test("forgets an attempt that could not be judged, and one that failed on other sources", () => {
    expect(verdictOf({ scenarios: [later], former: [savedScenario("a.before-1", { verdict: "unknown" })] })).toBe("pass");
    const fixed = savedScenario("a.before-1", { verdict: "fail", ranOn: groundOn("cafe") });
    expect(verdictOf({ scenarios: [later], former: [fixed] })).toBe("pass");
  });

  test("remembers a failure whose next attempt has not come yet", () => {
    expect(
      verdictOf({ scenarios: [savedScenario("b")], former: [savedScenario("a.before-1", { verdict: "fail", ranOn: groundOn("cafe") })] }),
    ).toBe("fail");
  });
});

test("sources are called by their commit, with the tree where it is another", () => {
  expect(sourcesOf({ commit: "0123456789abcdef", tree: "x", changed: false, generation: "g" })).toBe("commit 0123456789ab");
  expect(sourcesOf({ commit: null, tree: null, changed: false, generation: "g" })).toBe("sources that git does not know");
});
