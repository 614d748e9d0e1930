import { expect, test } from "vitest";
import { chancesOf, seedFor, shuffled } from "./chance.ts";

function drawn(seed: number, count: number): number[] {
  const chances = chancesOf(seed);
  return Array.from({ length: count }, () => chances.next().value);
}

test("the same seed draws the same numbers, another one draws others", () => {
  expect(drawn(7, 5)).toEqual(drawn(7, 5));
  expect(drawn(7, 5)).not.toEqual(drawn(8, 5));
});

test("numbers are in [0, 1), whatever the seed", () => {
  for (const seed of [0, 1, -5, 2147483646, 1e12]) {
    for (const number of drawn(seed, 100)) {
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(1);
    }
  }
});

test("each part of a run has chances of its own, which do not depend on the others", () => {
  expect(seedFor(7, "switchover")).toBe(seedFor(7, "switchover"));
  expect(seedFor(7, "switchover")).not.toBe(seedFor(7, "kill-primary"));
  expect(seedFor(7, "switchover")).not.toBe(seedFor(8, "switchover"));
});

test("a list in another order has the same members", () => {
  const chances = chancesOf(3);
  const list = ["a", "b", "c", "d", "e", "f"];
  const order = shuffled(list, () => chances.next().value);
  expect(order).not.toEqual(list);
  expect(order.toSorted()).toEqual(list);
});
