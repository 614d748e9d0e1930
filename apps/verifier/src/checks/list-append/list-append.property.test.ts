import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyRuns } from "../../fixtures/runs.ts";
import { historyOf, primary, type Told } from "../../fixtures/tell.ts";
import type { Event, Step } from "../../history/event.ts";
import { only, operationsOf } from "../../history/operation.ts";
import { checkListAppend } from "./check.ts";
import type { Transaction } from "./lists.ts";

type State = ReadonlyMap<number, readonly number[]>;

/** The lists after a transaction; `null` where it read something else than is there. */
function after(transaction: Transaction, state: State): State | null {
  const lists = new Map(state);
  const fits = transaction.value.every((step, position) => {
    const values = lists.get(step[1]) ?? [];
    if (step[0] === "append") lists.set(step[1], [...values, step[2]]);
    return (
      step[0] === "append" || transaction.phase === "info" || JSON.stringify(transaction.result?.[position]) === JSON.stringify(values)
    );
  });
  return fits ? lists : null;
}

/** Tries every order that the clock allows. What has no answer may be left out. */
function serializable(transactions: readonly Transaction[], state: State = new Map()): boolean {
  if (transactions.every(({ phase }) => phase === "info")) return true;
  return transactions.some((next) => {
    const rest = transactions.filter((transaction) => transaction !== next);
    if (rest.some(({ completed }) => completed < next.invoked)) return false;
    const lists = after(next, state);
    return lists !== null && serializable(rest, lists);
  });
}

interface Plan {
  readonly steps: readonly (readonly [append: boolean, list: number])[];
  readonly start: number;
  readonly length: number;
  readonly point: number;
  readonly phase: "ok" | "fail" | "info";
  /** How many transactions it does not see, although they took effect before it. */
  readonly behind: number;
  readonly lie: "none" | "drop" | "swap" | "repeat" | "invent";
}

const plan: fc.Arbitrary<Plan> = fc.record({
  steps: fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 2 })), { minLength: 1, maxLength: 4 }),
  start: fc.nat(8),
  length: fc.nat(6),
  point: fc.double({ min: 0, max: 1, noNaN: true }),
  phase: fc.constantFrom("ok", "ok", "ok", "ok", "fail", "info"),
  behind: fc.constantFrom(0, 0, 0, 0, 1, 2),
  lie: fc.constantFrom<Plan["lie"][]>("none", "none", "none", "none", "none", "none", "drop", "swap", "repeat", "invent"),
});

function bent(values: readonly number[], lie: Plan["lie"]): readonly number[] {
  switch (lie) {
    case "none":
      return values;
    case "drop":
      return values.slice(1);
    case "swap":
      return [...values.slice(1), ...values.slice(0, 1)];
    case "repeat":
      return [...values, ...values.slice(-1)];
    case "invent":
      return [...values, 999];
  }
}

/** Each transaction works on what was there, or had been some transactions before; appends go to the end of what is there. */
function toldOf(plans: readonly Plan[]): readonly Told[] {
  const states: State[] = [new Map()];
  let value = 0;
  const moment = ({ start, length, point }: Plan) => start + length * point;
  return plans
    .toSorted((a, b) => moment(a) - moment(b))
    .map(({ steps, start, length, phase, behind, lie }, position): Told => {
      const seen = new Map(states.at(-1 - behind) ?? states[0]);
      const current = new Map(states.at(-1));
      const happens = phase === "ok" || (phase === "info" && position % 2 === 0);
      const did = steps.map(([append, list]): { step: Step; result: readonly number[] | null } => {
        if (!append) return { step: ["read", list], result: bent(seen.get(list) ?? [], lie) };
        value++;
        seen.set(list, [...(seen.get(list) ?? []), value]);
        current.set(list, [...(current.get(list) ?? []), value]);
        return { step: ["append", list, value], result: null };
      });
      if (happens) states.push(current);
      const base = { f: "transact", key: "lists", sent: start, answered: start + length, server: primary("node1"), phase } as const;
      return { ...base, value: did.map(({ step }) => step), ...(phase === "ok" && { result: did.map(({ result }) => result) }) };
    });
}

const history = fc.array(plan, { minLength: 2, maxLength: 5 }).map((plans) => historyOf(toldOf(plans)));

const check = (events: readonly Event[]) => checkListAppend("serializable", operationsOf(events), { key: "lists" });

test("agrees with whoever tries every order", () => {
  fc.assert(
    fc.property(history, (events) => {
      const transactions = only(operationsOf(events), "transact").filter(({ phase }) => phase !== "fail");
      expect(check(events).verdict === "fail").toBe(!serializable(transactions));
    }),
    { numRuns: propertyRuns(10_000) },
  );
});

// Or the comparison would say little. However few runs it gets, this sample is large enough to say what they are drawn from.
test("such plans bring about both verdicts, and every kind of anomaly that they can", () => {
  const drawn = 5000;
  const kinds = new Map<string, number>();
  for (const events of fc.sample(history, { numRuns: drawn, seed: 1 })) {
    const { verdict, anomalies } = check(events);
    for (const found of new Set([verdict, ...anomalies.map(({ kind }) => kind)])) kinds.set(found, (kinds.get(found) ?? 0) + 1);
  }
  for (const verdict of ["pass", "fail"]) expect(kinds.get(verdict), verdict).toBeGreaterThan(drawn / 10);
  for (const kind of ["duplicate", "garbage", "internal", "incompatible order", "G-single", "G-single-realtime"])
    expect(kinds.get(kind), kind).toBeGreaterThan(drawn / 500);
});
