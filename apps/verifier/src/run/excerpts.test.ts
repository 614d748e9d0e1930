import { describe, expect, test } from "vitest";
import type { CheckResult } from "../checks/result.ts";
import type { Event } from "../history/event.ts";
import { momentsOf, nearest, stretchesAround } from "./excerpts.ts";

function check(verdict: CheckResult["verdict"], events: readonly number[]): CheckResult {
  const anomalies = events.length === 0 ? [] : [{ kind: "lost", message: "", events }];
  return { claim: "c", verdict, reason: null, limit: null, evidence: {}, anomalies };
}

const history = [100, 200, 300].map((t) => ({ t }) as Event);

describe("the moments of a failure", () => {
  test("are the fault and the first operation of each first anomaly of what did not pass, in order", () => {
    const checks = [check("fail", [1, 2]), check("pass", [0]), check("unknown", [])];
    expect(momentsOf({ fault: 250, checks, history, end: 900 })).toEqual([200, 250]);
  });

  test("are its end where nothing else is known", () => {
    expect(momentsOf({ fault: null, checks: [check("unknown", [])], history, end: 900 })).toEqual([900]);
  });
});

test("stretches are half a minute before and after, and one where they touch", () => {
  expect(stretchesAround([200_000, 100_000, 150_000]).map(({ from, to }) => [from, to])).toEqual([[70_000, 230_000]]);
  expect(stretchesAround([100_000, 161_000]).map(({ from, to }) => [from, to])).toEqual([
    [70_000, 130_000],
    [131_000, 191_000],
  ]);
});

test("of many lines those nearest to the moment are shown, and how many there are besides", () => {
  const lines = Array.from({ length: 300 }, (_, at) => ({ at: at * 100, line: `line ${at}` }));
  const shown = nearest(lines, { moments: [10_000] });
  expect(shown).toHaveLength(82);
  expect(shown.at(0)).toBe("… 60 more");
  expect(shown.at(1)).toBe("00:00:06.000 line 60");
  expect(shown.at(-1)).toBe("… 160 more");
});

test("who comes and goes gives way to what else was said", () => {
  const comings = Array.from({ length: 100 }, (_, at) => ({ at, line: "2030 UTC [7] app@app LOG:  connection authorized: user=app" }));
  const all = [...comings, { at: 9000, line: "INFO: promoted self to leader" }];
  expect(nearest(all, { moments: [0] })).toEqual([
    "(100 lines about connections are left out)",
    "00:00:09.000 INFO: promoted self to leader",
  ]);
});

test("of few lines all are shown", () => {
  expect(nearest([{ at: 1500, line: "LOG:  ready" }], { moments: [0] })).toEqual(["00:00:01.500 LOG:  ready"]);
  expect(nearest([], { moments: [0] })).toEqual([]);
});
