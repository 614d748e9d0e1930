import { describe, expect, test } from "vitest";
import type { CheckResult } from "../checks/result.ts";
import { exitCodeOf } from "../commands/self-test.ts";
import type { MutantRecord, Outcome } from "./record.ts";
import { renderSelfTest, summaryLine } from "./render.ts";
import { judged } from "./self-test.ts";

function result(verdict: CheckResult["verdict"], ...messages: string[]): CheckResult {
  const anomalies = messages.map((message) => ({ kind: "observed", message, events: [] }));
  return { claim: "a-claim", verdict, reason: messages[0] ?? null, limit: null, evidence: {}, anomalies };
}

describe("a mutant", () => {
  const mutant = { seen: /gets in/ };

  test("is killed by what shows that it is broken, and that is cited", () => {
    expect(judged(result("fail", "node1 is slow", "nobody gets in at rw"), mutant)).toEqual({
      outcome: "killed",
      observation: "nobody gets in at rw",
    });
  });

  test("is not killed by another reason to fail, nor by a look that came to nothing", () => {
    expect(judged(result("fail", "node1 is slow"), mutant).outcome).toBe("unknown");
    expect(judged({ ...result("unknown"), reason: "nobody gets in, or so it seems" }, mutant).outcome).toBe("unknown");
  });

  test("lives when its claim holds", () => {
    expect(judged(result("pass"), mutant)).toEqual({ outcome: "alive", observation: "the claim holds" });
  });
});

function record(outcome: Outcome): MutantRecord {
  return { id: `one-${outcome}`, title: "A | B", finder: "f", claim: "c", outcome, observation: "it was seen", seconds: 3 };
}

describe("a self-test", () => {
  const held = [{ finder: "f", claim: "c", holds: true, reason: null, seconds: 1 }];
  const missed = [{ finder: "f", claim: "c", holds: false, reason: "late", seconds: 1 }];

  test.each([
    [0, ["killed"], held],
    [0, ["killed", "impossible"], held],
    [1, ["killed", "alive"], held],
    [1, ["alive", "unknown"], held],
    [2, ["killed", "unknown"], held],
    [2, ["killed"], missed],
    [2, ["impossible"], held],
    [2, [], held],
  ] as const)("ends with %i for %j", (code, outcomes, controls) => {
    expect(exitCodeOf({ mutants: outcomes.map(record), controls })).toBe(code);
  });

  test("names who lives, and cites what was seen of everybody", () => {
    const whole = { scope: "s", started: "2030-01-01T00:00:00Z", seconds: 9, controls: held, mutants: [record("killed"), record("alive")] };
    expect(summaryLine(whole)).toBe(
      "1 killed, 1 alive, 0 unknown, 0 impossible; alive: one-alive; 1 of 1 claims hold on the unbroken cluster; 9 s",
    );
    expect(renderSelfTest(whole)).toContain(String.raw`| one-killed | A \| B | killed | c | it was seen | 3 |`);
  });
});
