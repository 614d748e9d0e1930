import { expect, test } from "vitest";
import { secondsOf } from "./durations.ts";

test.each([
  ["5s", 5],
  ["60000", 60],
  ["250ms", 0.25],
  ["1.5 min", 90],
])("%s is %d seconds", (setting, seconds) => {
  expect(secondsOf(setting)).toBeCloseTo(seconds, 9);
});

test.each(["on", "5 parsecs", ""])("%j is no duration", (setting) => {
  expect(() => secondsOf(setting)).toThrow("is no duration");
});
