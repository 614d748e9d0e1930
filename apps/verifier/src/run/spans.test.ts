import { expect, test } from "vitest";
import { spansOf } from "./spans.ts";

test("looks that see the same are one stretch, which ends where another state is first seen", () => {
  const looks = [
    { at: 0, of: "node1", state: { up: true } },
    { at: 1, of: "node1", state: { up: true } },
    { at: 1.5, of: "node2", state: { up: false } },
    { at: 2, of: "node1", state: { up: false } },
  ];
  expect(spansOf(looks, 5)).toEqual([
    { up: true, from: 0, to: 2 },
    { up: false, from: 1.5, to: 5 },
    { up: false, from: 2, to: 5 },
  ]);
});

test("nobody looked: there is nothing to show", () => {
  expect(spansOf([], 5)).toEqual([]);
});
