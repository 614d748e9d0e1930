import { expect, test } from "vitest";
import { beyond, sequence } from "./interval.ts";

const term = (name: string, low: number, high: number) => ({ name, low, high, why: "because" });

test("terms that follow one another add up, exactly to the millisecond", () => {
  expect(sequence([term("a", 0.1, 0.7), term("b", 0.2, 0.1 + 0.2)])).toMatchObject({ low: 0.3, usually: 1, high: 1 });
});

test("a rare term counts in the bound, and not in what is usual", () => {
  expect(sequence([term("a", 1, 2), { ...term("b", 0, 10), rare: true }])).toMatchObject({ low: 1, usually: 2, high: 12 });
});

test("a term that is always nothing is left out", () => {
  expect(sequence([term("a", 1, 2), term("b", 0, 0)]).terms.map(({ name }) => name)).toEqual(["a"]);
});

test.each([
  ["is over before the others", 1, 3, 0, 0],
  ["outlasts them", 5, 9, 3, 5],
  ["outlasts them at worst only", 1, 9, 0, 5],
  ["is the longer one at best, and at worst hardly", 4, 4.5, 0.5, 0.5],
])("of a term that runs beside others and %s, the excess is left", (_, low, high, lowLeft, highLeft) => {
  const rest = beyond(term("beside", low, high), [term("a", 1, 2), term("b", 1, 2)]);
  expect(rest).toMatchObject({ low: lowLeft, high: highLeft });
});
