import fc from "fast-check";
import { expect, test } from "vitest";
import { isBefore } from "./version.ts";

test.each([
  ["4.0.7", "4.0.8"],
  ["3.5.16", "3.5.28"],
  ["3.5.99", "3.6"],
  ["1.9.9", "1.10.0"],
  ["1.24", "1.24.1"],
  ["4.1.0-rc.1", "4.1.1"],
])("%s came before %s, and not the other way round", (older, newer) => {
  expect(isBefore(older, newer)).toBe(true);
  expect(isBefore(newer, older)).toBe(false);
});

test.each([
  ["3.6", "3.6.0"],
  ["4.0.7", "4.0.7"],
  ["4.0.7+deb13u1", "4.0.7"],
])("%s and %s are the same release", (a, b) => {
  expect([isBefore(a, b), isBefore(b, a)]).toEqual([false, false]);
});

test("of any two versions at most one came before the other", () => {
  const version = fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join("."));
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(isBefore(a, b) && isBefore(b, a)).toBe(false);
    }),
  );
});
