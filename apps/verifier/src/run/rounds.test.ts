import { describe, expect, test } from "vitest";
import { chancesOf } from "./chance.ts";
import { expectedTime, idsIn, type Rounds, roundsOf, soakRounds, usualSeconds } from "./rounds.ts";
import type { Scenario } from "./scenario.ts";

function scenario(id: string, more: Partial<Scenario> = {}): Scenario {
  const nothing = { title: id, tags: [], rows: [], claims: [], suites: ["full"], limit: 90 } as const;
  return { ...nothing, id, play: () => Promise.reject(new Error("not played here")), ...more };
}

const A = scenario("a");
const B = scenario("b", { times: { full: 3, soak: 2 } });
const C = scenario("c", { times: { full: 2 } });

const idsOf = (rounds: Partial<Rounds>) =>
  roundsOf([A, B, C], { suite: "full", only: [], repeat: null, ...rounds }).map((round) => round.scenario.id);

describe("rounds", () => {
  test("are everything once, in its order, then what a suite plays again", () => {
    expect(idsOf({})).toEqual(["a", "b.1", "c.1", "b.2", "c.2", "b.3"]);
  });

  test("of a suite that plays everything once have the names of their scenarios", () => {
    expect(idsOf({ suite: "smoke" })).toEqual(["a", "b", "c"]);
  });

  test("are as many as somebody says, whatever the suite does", () => {
    expect(idsOf({ repeat: 1 })).toEqual(["a", "b", "c"]);
    expect(idsOf({ repeat: 2 })).toEqual(["a.1", "b.1", "c.1", "a.2", "b.2", "c.2"]);
  });

  test("can be asked for one by one, by the names that they had", () => {
    expect(idsIn(["b.3", "a", "b.1"])).toEqual(["b", "a"]);
    const rounds = roundsOf([B], { suite: "full", only: ["b.3"], repeat: null });
    expect(rounds.map(({ scenario: { id }, number }) => [id, number])).toEqual([["b.3", 3]]);
  });
});

describe("a soak", () => {
  const played = (seed: number, count: number) => {
    const chances = chancesOf(seed);
    const rounds = soakRounds(
      [A, B, C],
      () => chances.next().value,
      () => true,
    );
    return Array.from({ length: count }, () => rounds.next().value?.scenario.id ?? "");
  };

  test("plays each as often as it has to, in an order of chance; then each once, again and again", () => {
    const ids = played(7, 10);
    expect(ids.slice(0, 4).toSorted()).toEqual(["a.1", "b.1", "b.2", "c.1"]);
    expect(ids.slice(4, 7).toSorted()).toEqual(["a.2", "b.3", "c.2"]);
    expect(ids.slice(7).toSorted()).toEqual(["a.3", "b.4", "c.3"]);
  });

  test("has the order of its seed", () => {
    expect(played(7, 10)).toEqual(played(7, 10));
    expect(played(7, 10)).not.toEqual(played(4242, 10));
  });

  test("ends when nothing fits into the time that is left, and plays what still does", () => {
    let left = 5;
    const fits = (round: { readonly scenario: Scenario }) => (round.scenario.id.startsWith("a") ? left > 0 : left > 3);
    const ids: string[] = [];
    for (const { scenario: one } of soakRounds([A, B, C], () => 0.5, fits)) {
      ids.push(one.id);
      left--;
    }
    expect(ids).toHaveLength(5);
    expect(ids.slice(3).every((id) => id.startsWith("a"))).toBe(true);
  });
});

test("the expected time is what each round usually takes, or a ninth of what it may", () => {
  const quick = scenario("quick", { usual: ({ duration, round }) => duration + 10 * round });
  expect(usualSeconds({ scenario: quick, number: 2 }, { duration: 5 })).toBe(25);
  expect(usualSeconds({ scenario: A, number: 1 }, { duration: 5 })).toBe(10);
  expect(expectedTime([{ scenario: A, number: 1 }], { duration: 5 })).toBe("~10 s");
  expect(
    expectedTime(
      Array.from({ length: 12 }, (_, at) => at + 1).map((number) => ({ scenario: A, number })),
      { duration: 5 },
    ),
  ).toBe("~2 min");
});
