import { expect, test } from "vitest";
import type { Event } from "./event.ts";
import { parseHistory, formatEvent } from "./ndjson.ts";
import { operationsOf } from "./operation.ts";
import { newRecorder } from "./recorder.ts";

const invocation = { process: 1, f: "add", key: "things", value: 7, endpoint: "app_rw", session: "persistent" } as const;

test("an operation has been kept before the caller can send it", () => {
  const kept: Event[] = [];
  newRecorder(
    () => 5,
    (event) => kept.push(event),
  ).invoke(invocation);
  expect(kept).toEqual([{ i: 0, ...invocation, phase: "invoke", t: 5 }]);
});

test("what is recorded is a history", () => {
  let now = 0;
  const lines: string[] = [];
  const recorder = newRecorder(
    () => ++now,
    (event) => lines.push(formatEvent(event)),
  );
  const first = recorder.invoke(invocation);
  const second = recorder.invoke({ ...invocation, process: 2, value: 8 });
  second({ phase: "fail", error: { sqlstate: null, where: "connect", message: "refused" } });
  first({ phase: "ok" });
  expect(parseHistory(lines.join("")).events).toEqual(recorder.events);
  expect(operationsOf(recorder.events)).toMatchObject([
    { value: 7, phase: "ok", invoked: 1, completed: 4 },
    { value: 8, phase: "fail", invoked: 2, completed: 3 },
  ]);
});

test("a number is given once", () => {
  const recorder = newRecorder(() => 0);
  const given = [recorder.next(), recorder.next(), recorder.next()];
  expect(new Set(given).size).toBe(3);
});
