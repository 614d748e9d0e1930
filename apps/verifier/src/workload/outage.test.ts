import { expect, test } from "vitest";
import { outageAround } from "./outage.ts";
import { eventsOf } from "./testing.ts";

const moment = (seconds: number) => ({ from: seconds * 1e9, to: seconds * 1e9 });
const events = eventsOf(
  { value: 1, sent: 0, answered: 1 },
  { value: 2, sent: 1, answered: 2 },
  { value: 3, sent: 2, answered: 9, phase: "info" },
  { value: 4, sent: 9, answered: 10, phase: "fail" },
  { value: 5, sent: 11, answered: 12 },
  { value: 6, sent: 12, answered: 13 },
);

test("an outage lasts from the last acknowledgement before the moment to the first after it", () => {
  expect(outageAround(events, moment(2.5))).toBe(10);
});

test("a moment without an outage has the usual pause between two answers", () => {
  expect(outageAround(events, moment(12.5))).toBe(1);
});

test("an outage that begins or ends inside the window counts in full", () => {
  expect(outageAround(events, { from: 1.5e9, to: 3e9 })).toBe(10);
  expect(outageAround(events, { from: 11e9, to: 12.5e9 })).toBe(10);
});

test("writes that had not begun, or never came back, have no length", () => {
  expect(outageAround(events, moment(0.5))).toBeNull();
  expect(outageAround(events, moment(14))).toBeNull();
});
