import { expect, test } from "vitest";
import { asShown } from "./setting.ts";

test.each([
  ["16MB", "8kB", "2048"],
  ["256MB", "8kB", "32768"],
  ["1GB", "MB", "1024"],
  ["4MB", "kB", "4096"],
  ["10min", "s", "600"],
  ["250ms", "ms", "250"],
  ["2s", "ms", "2000"],
  ["30min", "min", "30"],
])("%s is shown in units of %s as %s", (value, unit, shown) => {
  expect(asShown(value, unit)).toBe(shown);
});

test("what has no unit stays as it is, and a truth value has one spelling", () => {
  expect(asShown("120", null)).toBe("120");
  expect(asShown("0.9", null)).toBe("0.9");
  expect(asShown("16MB", null)).toBe("16MB");
  expect(asShown("true", null)).toBe("on");
  expect(asShown("pg_stat_statements", null)).toBe("pg_stat_statements");
});

test("a time is never taken for a size", () => {
  expect(asShown("5min", "MB")).toBe("5min");
});
