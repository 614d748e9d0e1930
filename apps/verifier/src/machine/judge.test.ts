import { describe, expect, test } from "vitest";
import { CHECK_NAMES, type CheckRequest } from "../checks/catalogue.ts";
import type { CheckResult } from "../checks/result.ts";
import { judgeOnMachine } from "./judge.ts";
import type { MachineRecord } from "./saturation.ts";

const ORIGIN = 1000e9;
const at = (seconds: number) => ORIGIN + seconds * 1e9;
const some = { mean: 0.5, max: 0.9 };

function machine(saturated: MachineRecord["saturated"]): MachineRecord {
  const used = { cluster: some, verifier: some, engine: some, kernel: some, others: some };
  return { seconds: 60, used, idle: some, steal: some, stalled: null, busiest: [{ name: "bash", share: 0.4 }], saturated };
}

const BUSY = machine([{ from: 10, to: 30, by: ["processors"] }]);
const QUIET = machine([]);

function request(check: string, facts: unknown): CheckRequest {
  return { check, claim: "claim", limit: null, facts } as CheckRequest;
}

const population = { endpoint: "app_rw", session: "persistent", f: "add" } as const;
const availability = request("availability", { population, window: { from: at(10), to: at(30), name: "20 s" }, deadline: 1, share: 0.99 });
const outage = { population, injection: { from: at(10), to: at(11) }, deadline: 1 };
const prediction = request("prediction", { ...outage, predicted: [18, 24] });
const stopped = request("stopped", { ...outage, healing: { from: at(10), to: at(11) }, lastWithin: 5, firstWithin: 5, node: null });

function failed(kind: string, evidence: CheckResult["evidence"] = {}): CheckResult {
  return {
    claim: "claim",
    verdict: "fail",
    reason: "5 % within a second",
    limit: null,
    evidence,
    anomalies: [{ kind, message: "", events: [1] }],
  };
}

const verdictOf = (result: CheckResult, of: CheckRequest, on: MachineRecord | null) =>
  judgeOnMachine([result], [of], on, ORIGIN)[0]?.verdict;

describe("what was found of a service level", () => {
  test("is unknown where others had used the machine up meanwhile, with who it was, and with what was seen", () => {
    const [result] = judgeOnMachine([failed("too few in time")], [availability], BUSY, ORIGIN);
    expect(result).toMatchObject({ verdict: "unknown", evidence: { "saturated by others seconds": 20 }, anomalies: [{ events: [1] }] });
    expect(result?.reason).toMatch(
      /^the machine was saturated by others for 100 % of that time \(others 50 %: bash 40 %; steal 50 %\); what was seen: 5 % within a second$/,
    );
  });

  test("stays a failure on a quiet machine, and where nobody looked", () => {
    expect(verdictOf(failed("too few in time"), availability, QUIET)).toBe("fail");
    expect(verdictOf(failed("too few in time"), availability, null)).toBe("fail");
  });

  test("stays a failure where the machine was used up at another time, or for a moment only", () => {
    expect(verdictOf(failed("too few in time"), availability, machine([{ from: 40, to: 60, by: ["processors"] }]))).toBe("fail");
    expect(verdictOf(failed("too few in time"), availability, machine([{ from: 10, to: 11.5, by: ["processors"] }]))).toBe("fail");
  });

  test("passes where it passed: what holds on a busy machine holds", () => {
    const passed: CheckResult = { claim: "claim", verdict: "pass", reason: null, limit: null, evidence: {}, anomalies: [] };
    expect(judgeOnMachine([passed], [availability], BUSY, ORIGIN)).toEqual([passed]);
  });

  test("that could not be told has the machine among its reasons", () => {
    const unknown: CheckResult = { ...failed(""), verdict: "unknown", reason: "no ten seconds of service", anomalies: [] };
    expect(judgeOnMachine([unknown], [request("recovery", outage)], BUSY, ORIGIN)[0]?.reason).toMatch(
      /saturated by others.*no ten seconds/,
    );
  });

  test("is excused for an outage that was longer than predicted, never for one that was shorter", () => {
    expect(verdictOf(failed("outside the prediction", { "gap seconds": 40 }), prediction, BUSY)).toBe("unknown");
    expect(verdictOf(failed("outside the prediction", { "gap seconds": 3 }), prediction, BUSY)).toBe("fail");
  });

  test("is excused for writes that return late, never for one that was acknowledged while they had to be stopped", () => {
    expect(verdictOf(failed("late return"), stopped, BUSY)).toBe("unknown");
    expect(verdictOf(failed("acknowledged while stopped"), stopped, BUSY)).toBe("fail");
    const both = {
      ...failed("late return"),
      anomalies: [...failed("late return").anomalies, ...failed("acknowledged while stopped").anomalies],
    };
    expect(verdictOf(both, stopped, BUSY)).toBe("fail");
  });
});

describe("what was found of safety", () => {
  const service = ["availability", "recovery", "prediction", "stopped"];

  test.each(CHECK_NAMES.filter((name) => !service.includes(name)))("%s stays a failure, whatever the machine did", (name) => {
    expect(verdictOf(failed("lost"), request(name, {}), machine([{ from: 0, to: 60, by: ["processors", "disk", "memory"] }]))).toBe("fail");
  });
});
