import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { interruption } from "./interruption.ts";

test("the first interrupt heals, whichever it is; the second ends at once", () => {
  const [signals, told, ended] = [new EventEmitter(), [] as string[], [] as number[]];
  const interrupted = interruption(
    (text) => void told.push(text),
    signals,
    (code) => void ended.push(code),
  );
  signals.emit("SIGTERM");
  expect(interrupted.aborted).toBe(true);
  expect(told).toHaveLength(1);
  expect(ended).toEqual([]);
  signals.emit("SIGINT");
  expect(told).toHaveLength(1);
  expect(ended).toEqual([130]);
});

test("somebody listens for as long as it heals: without that, the first interrupt would end the program", () => {
  const signals = new EventEmitter();
  interruption(() => undefined, signals);
  signals.emit("SIGINT");
  expect(signals.listenerCount("SIGINT")).toBe(1);
});
