import { expect, test } from "vitest";
import type { Healer } from "../cluster/cluster.ts";
import { newUndoing } from "./undo.ts";

const cluster = {} as Healer;

test("what was done last is undone first, and each thing once", async () => {
  const done: string[] = [];
  const undoing = newUndoing();
  for (const name of ["a", "b", "c"]) undoing.add(name, async () => done.push(name));
  expect(await undoing.carryOut(cluster)).toEqual([]);
  expect(await undoing.carryOut(cluster)).toEqual([]);
  expect(done).toEqual(["c", "b", "a"]);
});

test("one that fails is told, and stops none of the others", async () => {
  const done: string[] = [];
  const undoing = newUndoing();
  undoing.add("a", async () => done.push("a"));
  undoing.add("the partition", () => Promise.reject(new Error("no such rule")));
  expect(await undoing.carryOut(cluster)).toEqual(["the partition was not undone: no such rule"]);
  expect(done).toEqual(["a"]);
});
