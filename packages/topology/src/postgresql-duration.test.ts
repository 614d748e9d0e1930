import { expect, test } from "vitest";
import { parsePostgresqlDuration } from "./postgresql-duration.ts";

test.each([
  ["10min", "ms", 600],
  ["250 ms", "s", 0.25],
  [30_000, "ms", 30],
  [5, "s", 5],
  ["1.5h", "ms", 5400],
  ["-1", "ms", -0.001],
  ["0", "ms", 0],
] as const)("%s is read as PostgreSQL reads it, where the unit is %s", (value, unit, seconds) => {
  expect(parsePostgresqlDuration(value, unit)).toBeCloseTo(seconds);
});

test.each(["soon", "10 Min", "", true, "1e3x"])("%s is no duration", (value) => {
  expect(parsePostgresqlDuration(value, "ms")).toBeUndefined();
});
