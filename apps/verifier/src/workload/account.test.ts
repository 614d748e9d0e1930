import fc from "fast-check";
import { expect, test } from "vitest";
import { account } from "./account.ts";
import { eventsOf } from "./testing.ts";

const events = eventsOf(
  { value: 1, sent: 0, answered: 1 },
  { value: 2, sent: 2, answered: 3, phase: "fail" },
  { value: 3, sent: 4, answered: 5, phase: "info" },
  { value: 4, sent: 6, answered: 7, phase: "info" },
  { value: 5, sent: 8, answered: 9 },
);
const good = [5, 1, 3];

test("a good history has all that was acknowledged, once, and nothing that failed", () => {
  expect(account(events, good)).toEqual({ lost: [], unexpected: [], resurrected: [], duplicates: [], acknowledged: 2, recovered: [3] });
});

test("an acknowledged value that is missing is lost", () => {
  expect(account(events, [1, 3]).lost).toEqual([5]);
});

test("a value that nobody wrote is unexpected", () => {
  expect(account(events, [...good, 6]).unexpected).toEqual([6]);
});

test("a value whose writer was told that it failed is resurrected", () => {
  expect(account(events, [...good, 2]).resurrected).toEqual([2]);
});

test("a value that is there three times is one duplicate", () => {
  expect(account(events, [...good, 1, 1]).duplicates).toEqual([1]);
});

test("a value still under way is neither lost nor unexpected", () => {
  const underWay = events.filter(({ value, phase }) => value !== 5 || phase === "invoke");
  expect(account(underWay, [1])).toMatchObject({ lost: [], unexpected: [] });
  expect(account(underWay, [1, 5])).toMatchObject({ lost: [], unexpected: [], resurrected: [] });
});

test("whatever is deleted from a good reading or repeated in it is found", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(), (values, pick) => {
      const written = eventsOf(...values.map((value, position) => ({ value, sent: position, answered: position + 0.5 })));
      const victim = values[pick % values.length] ?? 0;
      expect(account(written, values)).toMatchObject({ lost: [], unexpected: [], duplicates: [], acknowledged: values.length });
      expect(
        account(
          written,
          values.filter((value) => value !== victim),
        ).lost,
      ).toEqual([victim]);
      expect(account(written, [...values, victim]).duplicates).toEqual([victim]);
    }),
  );
});
