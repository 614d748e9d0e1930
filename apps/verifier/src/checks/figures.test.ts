import { expect, test } from "vitest";
import { CASES } from "../fixtures/cases.ts";
import { historyOf, primary, steps, type Told } from "../fixtures/tell.ts";
import { operationsOf } from "../history/operation.ts";
import { type CheckRequest, runChecks } from "./catalogue.ts";
import { bytesOfLsn } from "./loss.ts";
import { gapAround } from "./outage.ts";
import type { CheckResult } from "./result.ts";

function judged(check: CheckRequest["check"], what: string): CheckResult {
  const found = CASES.find((candidate) => candidate.request.check === check && candidate.what === what);
  const [result] = runChecks(historyOf(found?.told ?? []), [{ ...found?.request, claim: "the claim", limit: null } as CheckRequest]);
  if (!found || !result) throw new Error(`no case ${check} ${what}`);
  return result;
}

const add = (value: number, sent: number, answered: number, phase: Told["phase"] = "ok"): Told => {
  return { f: "add", value, sent, answered, phase, server: primary("node1") };
};

test("the set counts what became of every write", () => {
  const evidence = {
    acknowledged: 6,
    "of unknown outcome": 2,
    "waits for the standby cancelled": 1,
    recovered: 1,
    lost: 0,
    "final reads": 4,
  };
  expect(judged("set", "failover").evidence).toMatchObject(evidence);
});

test("a loss is told in rows, in bytes of WAL and in seconds of acknowledgements", () => {
  expect(judged("set", "measured-loss").evidence).toMatchObject({ lost: 2, "lost bytes": 0x200, "lost seconds": 1 });
});

test("without a final reading nobody knows whether something is lost", () => {
  expect(judged("set", "no-final-read").evidence).toMatchObject({ lost: null });
});

test.each([
  ["0/0", 0],
  ["0/3000100", 0x3000100],
  ["16/B374D848", 0x16b374d848],
])("%s is byte %d of the WAL", (lsn, bytes) => {
  expect(bytesOfLsn(lsn)).toBe(bytes);
});

test("an outage is told with its phases", () => {
  const { evidence } = judged("recovery", "failover");
  expect(evidence["gap seconds"]).toBeCloseTo(5, 6);
  // An answer's time before the injection: the last one came just before it.
  expect(evidence["demoted after seconds"]).toBeCloseTo(-0.03, 6);
  expect(evidence["promoted after seconds"]).toBeCloseTo(3.05, 6);
  expect(evidence["routed after seconds"]).toBeCloseTo(4.95, 6);
  expect(evidence["first acknowledgement after seconds"]).toBeCloseTo(4.97, 6);
  expect(evidence["full service after seconds"]).toBeCloseTo(4.95, 6);
});

test("service that is back, and slower than before, is not full service", () => {
  expect(judged("recovery", "slow-afterwards").evidence).toMatchObject({ "full service after seconds": null });
});

test("a share has its window, and latencies count from when an operation was meant to be sent", () => {
  const { evidence } = judged("availability", "too-slow");
  // 56 of 60 in time: those after 28 s took 1.5 s each.
  expect(evidence).toMatchObject({ operations: 60, failed: 0, late: 4, "window seconds": 30 });
  expect(evidence["percent in time"]).toBeCloseTo((56 / 60) * 100, 6);
  expect(evidence["latency p50 ms"]).toBeCloseTo(20, 0);
  expect(evidence["latency max ms"]).toBeCloseTo(1500, 6);
});

test("as few failures are shown as would be too many by themselves", () => {
  const [anomaly] = judged("availability", "long-outage").anomalies;
  expect(anomaly?.events).toHaveLength(2);
});

test("staleness is counted from the first heartbeat that was missed", () => {
  const { evidence } = judged("staleness", "cut-off-replica");
  // It had 5 at 2.9 s; 6 was acknowledged at 0.6 s.
  expect(evidence["staleness max ms"]).toBeCloseTo(2300, 6);
});

test("staleness does not grow while nobody can write", () => {
  // 30 was acknowledged at 3 s, the next one at 23.1 s: a second of that counts, and 2.9 s until the read at 26 s.
  expect(judged("staleness", "never-follows").evidence["staleness max ms"]).toBeCloseTo(3900, 6);
});

test("of many anomalies the first ten of each kind are shown, and all are counted", () => {
  const adds = steps(1, 50, 1).map((value) => add(value, value, value + 0.5));
  const reading = (sent: number): Told => ({
    f: "read-set",
    value: null,
    result: [99],
    sent,
    answered: sent + 1,
    server: primary("node1"),
  });
  const history = historyOf([...adds, reading(100), reading(102)]);
  const facts = { key: "things", nodes: ["node1"], promise: "nothing is lost" } as const;
  const [result] = runChecks(history, [{ check: "set", claim: "the claim", facts, limit: null }]);
  expect(result?.anomalies.map(({ kind }) => kind)).toEqual([...Array.from({ length: 10 }, () => "lost"), "unexpected"]);
  expect(result?.evidence).toMatchObject({ lost: 50, unexpected: 1, anomalies: 51 });
});

const moment = (seconds: number) => ({ from: seconds * 1e9, to: seconds * 1e9 });
const writes = operationsOf(
  historyOf([add(1, 0, 1), add(2, 1, 2), add(3, 2, 9, "info"), add(4, 9, 10, "fail"), add(5, 11, 12), add(6, 12, 13)]),
);
const gap = (window: { from: number; to: number }) => gapAround(writes, window)?.length;

test("an outage lasts from the last acknowledgement before the moment to the first after it", () => {
  expect(gap(moment(2.5))).toBe(10e9);
});

test("a moment without an outage has the usual pause between two answers", () => {
  expect(gap(moment(12.5))).toBe(1e9);
});

test("an outage that begins or ends inside the window counts in full", () => {
  expect(gap({ from: 1.5e9, to: 3e9 })).toBe(10e9);
  expect(gap({ from: 11e9, to: 12.5e9 })).toBe(10e9);
});

test("writes that had not begun, or never came back, have no length", () => {
  expect(gap(moment(0.5))).toBeUndefined();
  expect(gap(moment(14))).toBeUndefined();
});
