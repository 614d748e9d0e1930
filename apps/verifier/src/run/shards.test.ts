import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Round } from "./rounds.ts";
import { usualSeconds } from "./rounds.ts";
import { formatShard, parseShard, shardOf } from "./shards.ts";

const OPTIONS = { duration: 10 };

function round(id: string, seconds: number): Round {
  const scenario = { id, title: id, tags: [], rows: [], claims: [], suites: ["full"], limit: 90 } as const;
  return { scenario: { ...scenario, usual: () => seconds, play: () => Promise.reject(new Error("not played here")) }, number: 1 };
}

const rounds = fc
  .array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 60 })
  .map((list) => list.map((seconds, at) => round(`s${at}`, seconds)));

const sum = (list: readonly Round[]) => list.reduce((total, one) => total + usualSeconds(one, OPTIONS), 0);

describe("shards", () => {
  test("have every round exactly once, in the order of the whole, each time the same", () => {
    fc.assert(
      fc.property(rounds, fc.integer({ min: 1, max: 8 }), (all, wanted) => {
        const of = Math.min(wanted, all.length);
        const shards = Array.from({ length: of }, (_, before) => shardOf(all, { number: before + 1, of }, OPTIONS));
        expect(shards.flat().toSorted((a, b) => all.indexOf(a) - all.indexOf(b))).toEqual(all);
        for (const [before, shard] of shards.entries()) {
          expect(shard.length).toBeGreaterThan(0);
          expect(shard.map((one) => all.indexOf(one))).toEqual(shard.map((one) => all.indexOf(one)).toSorted((a, b) => a - b));
          expect(shardOf([...all], { number: before + 1, of }, OPTIONS)).toEqual(shard);
        }
      }),
    );
  });

  test("differ in time by no more than the longest round", () => {
    fc.assert(
      fc.property(rounds, fc.integer({ min: 1, max: 8 }), (all, wanted) => {
        const of = Math.min(wanted, all.length);
        const times = Array.from({ length: of }, (_, before) => sum(shardOf(all, { number: before + 1, of }, OPTIONS)));
        const longest = Math.max(...all.map((one) => usualSeconds(one, OPTIONS)));
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(longest);
      }),
    );
  });

  test("are no more than there are rounds: an empty one would prove nothing and look green", () => {
    expect(() => shardOf([round("a", 1)], { number: 2, of: 2 }, OPTIONS)).toThrow(
      "1 plays cannot be split into 2 shards: ask for 1 at most",
    );
  });
});

test("a shard is written as its number and how many there are", () => {
  expect(parseShard("2/3")).toEqual({ number: 2, of: 3 });
  expect(formatShard({ number: 2, of: 3 })).toBe("2/3");
  expect(["4/3", "0/3", "2", "2/", "/3", "2/3/4", "1.5/3", "-1/3", "", " 1/3"].map(parseShard)).toEqual(Array(10).fill(undefined));
});
