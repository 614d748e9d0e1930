import { expect, test } from "vitest";
import { historyOf, primary, replica, type Told } from "../fixtures/tell.ts";
import { operationsOf } from "../history/operation.ts";
import { seriesOf } from "./series.ts";

const load = [{ endpoint: "app_rw", session: "persistent", f: "add" }] as const;
const FACTS = { origin: 10e9, deadline: 1, load, heartbeats: "heartbeats", endpoints: ["app_ro"], stalenessBound: 2000 } as const;
const series = (...told: readonly Told[]) => seriesOf(operationsOf(historyOf(told)), FACTS);

const add = (value: number, sent: number, answered: number, phase: Told["phase"] = "ok"): Told => {
  return { f: "add", value, sent, answered, phase, server: primary("node1") };
};
const role = (sent: number, server: Told["server"]): Told => {
  const base = { f: "ask-role", key: "node1", value: null, sent, answered: sent + 0.5 } as const;
  return server ? { ...base, server } : { ...base, phase: "fail" };
};

test("outcomes are counted by the second in which they were meant to be sent", () => {
  const { outcomes } = series(
    add(1, 10, 10.5),
    add(2, 10.5, 12),
    add(3, 10.9, 11, "fail"),
    { ...add(4, 14, 14.1), intended: 11.5 },
    add(5, 11.6, 12, "info"),
  );
  const population = "persistent add through app_rw";
  expect(outcomes).toEqual([
    { second: 0, population, ok: 2, fail: 1, info: 0, late: 1 },
    { second: 1, population, ok: 1, fail: 0, info: 1, late: 1 },
  ]);
});

test("latencies are those of what succeeded, from when it was meant to be sent", () => {
  const { latencies } = series({ ...add(4, 14, 14.25), intended: 12 }, add(1, 11, 11.5), add(2, 12, 13, "fail"));
  expect(latencies).toMatchObject([
    { at: 1, milliseconds: 500 },
    { at: 2, milliseconds: 2250 },
  ]);
});

test("a role holds until the node answers otherwise, or not at all", () => {
  const { roles } = series(
    role(10, primary("node1")),
    role(11, primary("node1")),
    role(12, undefined),
    role(14, replica("node1")),
    role(15, primary("node1", 2)),
    role(16, primary("node1", 2)),
  );
  expect(roles).toEqual([
    { node: "node1", role: "primary", timeline: 1, from: 0.5, to: 2 },
    { node: "node1", role: "unreachable", timeline: null, from: 2, to: 4.5 },
    { node: "node1", role: "replica", timeline: null, from: 4.5, to: 5.5 },
    { node: "node1", role: "primary", timeline: 2, from: 5.5, to: 6.5 },
  ]);
});

test("reads of heartbeats tell lag and staleness", () => {
  const beat = (value: number, answered: number): Told => ({
    f: "beat",
    key: "heartbeats",
    value,
    sent: answered - 0.1,
    answered,
    server: primary("node1"),
  });
  const read = (sent: number, seen: number, lag: number): Told => {
    return {
      f: "read-beat",
      key: "heartbeats",
      value: null,
      result: { beat: seen, lag },
      sent,
      answered: sent + 0.1,
      endpoint: "app_ro",
      server: replica("node3"),
    };
  };
  const { lag, staleness, stalenessBound } = series(beat(1, 10), beat(2, 11), read(11.5, 1, 4096), read(12, 2, 0));
  expect(lag).toEqual([
    { at: 1.5, node: "node3", bytes: 4096 },
    { at: 2, node: "node3", bytes: 0 },
  ]);
  expect(staleness).toEqual([
    { at: 1.5, endpoint: "app_ro", milliseconds: 500 },
    { at: 2, endpoint: "app_ro", milliseconds: 0 },
  ]);
  expect(stalenessBound).toBe(2000);
});
