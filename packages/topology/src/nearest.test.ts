import { expect, test } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

test.each([
  ["adress", "address"],
  ["postgres", "postgresql"],
  ["zebra", undefined],
  ["x", undefined],
  ["dc3", "dc1"],
  ["b", undefined],
])("what is meant by %s is %s", (word, meant) => {
  expect(nearest(word, ["address", "postgresql", "datacenter", "dc1", "a"])).toBe(meant);
});

test("nothing is meant where there is nothing to choose from", () => {
  expect(nearest("a", [])).toBeUndefined();
  expect(didYouMean("a", [], "Add one.")).toBe("Add one.");
});

test("without a near candidate the hint lists them all", () => {
  expect(didYouMean("zebra", ["one", "two"], "Known are")).toBe("Known are: one, two.");
});
