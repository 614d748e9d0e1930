import { expect, test } from "vitest";
import { historyOf, primary, type Told } from "../fixtures/tell.ts";
import type { Event } from "./event.ts";
import { acknowledgements, operationsOf } from "./operation.ts";

const add = (value: number, sent: number, answered: number, more: Partial<Told> = {}) =>
  ({ f: "add", value, sent, answered, server: primary("node1"), ...more }) as Told;

test("an operation has its two events, its times and its answer", () => {
  const history = historyOf([add(1, 0, 3, { intended: -1 }), add(2, 1, 2)]);
  expect(operationsOf(history)).toMatchObject([
    { value: 1, phase: "ok", intended: -1e9, invoked: 0, completed: 3e9, events: [0, 3], server: { node: "node1" }, error: null },
    { value: 2, phase: "ok", intended: 1e9, invoked: 1e9, completed: 2e9, events: [1, 2] },
  ]);
});

test("what was not answered before the history ends may happen at any time", () => {
  expect(operationsOf(historyOf([add(1, 0, Infinity)]))).toMatchObject([{ phase: "info", completed: Infinity, events: [0], server: null }]);
});

test("what has an unknown outcome may happen at any time, also after its client gave up", () => {
  expect(operationsOf(historyOf([add(1, 0, 1, { phase: "info" })]))).toMatchObject([
    { phase: "info", completed: Infinity, events: [0, 1] },
  ]);
});

test("the acknowledged writes come in the order of their answers", () => {
  const reading: Told = { f: "read-set", value: null, result: [], sent: 0, answered: 1, server: primary("node1") };
  const onlyReads: Told = { f: "transact", value: [["read", 1]], result: [[]], sent: 0, answered: 1, server: primary("node1") };
  const appends: Told = { ...onlyReads, value: [["append", 1, 1]], result: [null], answered: 2.5 };
  const history = historyOf([add(1, 0, 3), add(2, 1, 2), add(3, 1, 2, { phase: "fail" }), reading, onlyReads, appends]);
  expect(acknowledgements(operationsOf(history)).map(({ events }) => history[events[0]]?.value)).toEqual([2, [["append", 1, 1]], 1]);
});

test.each<[string, (events: readonly Event[]) => readonly Event[]]>([
  ["an answer to nothing", (events) => events.slice(1)],
  ["two answers to one request", (events) => [...events, ...events.slice(1)]],
  ["a process that does two things at once", (events) => [...events.slice(0, 1), ...events]],
  [
    "an answer to something else",
    (events) => events.map((event): Event => (event.phase === "invoke" || event.f !== "add" ? event : { ...event, f: "write" })),
  ],
])("%s is no history", (_, broken) => {
  expect(() => operationsOf(broken(historyOf([add(1, 0, 1)])))).toThrow(/event \d+: process 1000/);
});
