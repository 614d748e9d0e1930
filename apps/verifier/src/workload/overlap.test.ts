import { expect, test } from "vitest";
import { acknowledgementOverlaps } from "./overlap.ts";
import { eventsOf } from "./testing.ts";

const before = { value: 1, sent: 0, answered: 1, node: "node1", timeline: 1 };
const after = { value: 2, sent: 3, answered: 4, node: "node2", timeline: 2 };

test("a failover is no overlap", () => {
  expect(acknowledgementOverlaps(eventsOf(before, after))).toEqual([]);
});

test("an answer of the old primary to what was sent before the new one answered is no overlap", () => {
  expect(acknowledgementOverlaps(eventsOf(after, { ...before, sent: 3.5, answered: 9 }))).toEqual([]);
});

test("the old primary overlaps when it answers what was sent after the new one had answered", () => {
  const late = { ...before, value: 3, sent: 5, answered: 6 };
  expect(acknowledgementOverlaps(eventsOf(before, after, late))).toMatchObject([{ deposed: { value: 3 }, newer: { value: 2 } }]);
});

test("two nodes on one timeline overlap", () => {
  const twin = { ...after, value: 3, sent: 5, answered: 6, node: "node1" };
  expect(acknowledgementOverlaps(eventsOf(before, after, twin))).toMatchObject([{ deposed: { server: { node: "node1" } } }]);
});

test("all of a deposed primary's answers are found, and none of the new one's", () => {
  const late = [5, 6, 7].map((sent) => ({ ...before, value: sent, sent, answered: sent + 0.5 }));
  const rest = [5, 6, 7].map((sent) => ({ ...after, value: sent + 10, sent, answered: sent + 0.7 }));
  expect(acknowledgementOverlaps(eventsOf(before, after, ...late, ...rest)).map(({ deposed }) => deposed.value)).toEqual([5, 6, 7]);
});
