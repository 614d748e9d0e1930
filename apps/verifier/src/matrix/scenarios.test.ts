import { describe, expect, test } from "vitest";
import { chooseScenarios, SCENARIOS } from "./scenarios.ts";

const idsOf = (choice: Partial<Parameters<typeof chooseScenarios>[0]>) =>
  chooseScenarios({ suite: "smoke", only: [], tags: [], ...choice }).map(({ id }) => id);

describe("the matrix", () => {
  test("gives every scenario and every claim a name of its own: results are found by it", () => {
    const ids = SCENARIOS.map(({ id }) => id);
    const claims = SCENARIOS.flatMap((scenario) => scenario.claims.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(claims).size).toBe(claims.length);
  });

  test("claims something with each scenario, and names a requirement that it holds", () => {
    for (const { id, claims, rows } of SCENARIOS) {
      expect(claims.length, id).toBeGreaterThan(0);
      expect(rows.length, id).toBeGreaterThan(0);
      expect(new Set(rows).size, id).toBe(rows.length);
    }
  });

  test("plays in the long suites what it plays in the short one", () => {
    const short = SCENARIOS.filter(({ suites }) => suites.includes("smoke"));
    expect(short.length).toBeGreaterThan(0);
    for (const { id, suites } of short) expect(suites, id).toEqual(["smoke", "full", "soak"]);
  });
});

describe("a choice", () => {
  test("is the suite, in the matrix's order", () => {
    expect(idsOf({})).toEqual(SCENARIOS.filter(({ suites }) => suites.includes("smoke")).map(({ id }) => id));
    expect(idsOf({ suite: "full" })).toHaveLength(SCENARIOS.length);
  });

  test("by name takes a scenario of whatever suite", () => {
    expect(idsOf({ only: ["kill-etcd-quorum", "etcd"] })).toEqual(["etcd", "kill-etcd-quorum"]);
  });

  test("by tag keeps those of the suite that have it", () => {
    expect(idsOf({ tags: ["fault"] })).toEqual(["switchover", "kill-postmaster"]);
  });

  test("of what nobody has is refused, and says where to look", () => {
    expect(() => idsOf({ only: ["kill-everything"] })).toThrow("no scenario is called kill-everything. `verifier list` shows all.");
    expect(() => idsOf({ tags: ["slow"] })).toThrow("no scenario has the tag slow.");
  });
});
