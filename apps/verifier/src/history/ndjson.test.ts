import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historyOf, primary } from "../fixtures/tell.ts";
import type { Event } from "./event.ts";
import { formatEvent, parseHistory } from "./ndjson.ts";

const number = fc.integer();
const text = fc.string({ unit: "binary" });
const step = fc.oneof(fc.tuple(fc.constant("append"), number, number), fc.tuple(fc.constant("read"), number));

const EXCHANGES = [
  { f: "add", value: number, result: fc.constant(null) },
  { f: "read-set", value: fc.constant(null), result: fc.array(number) },
  { f: "write", value: number, result: fc.constant(null) },
  { f: "read", value: fc.constant(null), result: fc.option(number) },
  { f: "transfer", value: fc.record({ from: number, to: number, amount: number }), result: fc.constant(null) },
  { f: "read-accounts", value: fc.constant(null), result: fc.array(number) },
  { f: "transact", value: fc.array(step), result: fc.array(fc.option(fc.array(number))) },
  { f: "beat", value: number, result: fc.constant(null) },
  { f: "read-beat", value: fc.constant(null), result: fc.record({ beat: number, lag: number }) },
  { f: "ask-role", value: fc.constant(null), result: fc.constant(null) },
] as const;

const server = fc.record({
  node: text,
  role: fc.constantFrom("primary", "replica"),
  timeline: fc.option(number),
  lsn: text,
  postmasterStart: text,
});
const error = fc.record({
  sqlstate: fc.option(text),
  where: fc.constantFrom("unsent", "connect", "begin", "read", "write", "commit"),
  message: text,
});

const anyEvent = fc.oneof(
  ...EXCHANGES.map(({ f, value, result }) =>
    fc.record(
      {
        process: number,
        f: fc.constant(f),
        key: text,
        value,
        phase: fc.constantFrom("invoke", "ok", "fail", "info"),
        t: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
        endpoint: text,
        session: fc.constantFrom("persistent", "per-operation"),
        intended: number,
        result,
        error,
        server,
      },
      { requiredKeys: ["process", "f", "key", "value", "phase", "t", "endpoint", "session"] },
    ),
  ),
);

const anyHistory = fc.array(anyEvent).map((events) => events.map((event, i) => ({ i, ...event }) as unknown as Event));
const format = (events: readonly Event[]) => events.map(formatEvent).join("");

test("any history is read back as it was written", () => {
  fc.assert(
    fc.property(anyHistory, (events) => {
      expect(parseHistory(format(events))).toEqual({ events, torn: null });
    }),
  );
});

test("a history that ends anywhere is whole up to there", () => {
  fc.assert(
    fc.property(anyHistory, fc.nat(), (events, cut) => {
      const whole = format(events);
      const start = whole.slice(0, cut % (whole.length + 1));
      const lines = start.split("\n");
      expect(parseHistory(start)).toEqual({ events: events.slice(0, lines.length - 1), torn: lines.at(-1) || null });
    }),
  );
});

describe("what is not a history", () => {
  const events = historyOf([
    { f: "add", value: 1, sent: 0, answered: 1, server: primary("node1") },
    { f: "add", value: 2, sent: 2, answered: 3, server: primary("node1") },
  ]);
  const lines = events.map(formatEvent);

  test("a line that is missing is noticed at the next one", () => {
    expect(() => parseHistory(lines.toSpliced(1, 1).join(""))).toThrow(/line 2 of the history: it is event 2, not 1/);
  });

  test("lines that changed places are noticed", () => {
    expect(() => parseHistory([lines[1], lines[0], lines[2], lines[3]].join(""))).toThrow(/line 1 of the history/);
  });

  test("a torn line in the middle is no end", () => {
    expect(() => parseHistory(lines.with(1, '{"i":1,\n').join(""))).toThrow(/line 2 of the history: not JSON/);
  });

  test.each([
    ["a function that does not exist", { f: "multiply" }],
    ["a value of another function", { f: "read-set" }],
    ["a phase that does not exist", { phase: "maybe" }],
    ["a field that nobody knows", { colour: "red" }],
    ["a time that is no number", { t: null }],
  ])("%s is refused", (_, change) => {
    const line = `${JSON.stringify({ ...events[1], ...change })}\n`;
    expect(() => parseHistory(lines.with(1, line).join(""))).toThrow(/line 2 of the history/);
  });
});
