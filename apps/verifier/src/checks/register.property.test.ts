import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyRuns } from "../fixtures/runs.ts";
import { historyOf, primary, type Told } from "../fixtures/tell.ts";
import { type OperationOf, only, operationsOf } from "../history/operation.ts";
import { checkRegister } from "./register.ts";

type Use = OperationOf<"read"> | OperationOf<"write">;

/** Tries every order that the clock allows. What has no answer may be left out. */
function linearizable(uses: readonly Use[], state: number | null = null): boolean {
  if (uses.every(({ phase }) => phase === "info")) return true;
  return uses.some((next) => {
    const rest = uses.filter((use) => use !== next);
    if (rest.some(({ completed }) => completed < next.invoked)) return false;
    if (next.f === "write") return linearizable(rest, next.value);
    return next.result === state && linearizable(rest, state);
  });
}

interface Plan {
  readonly write: boolean;
  readonly start: number;
  readonly length: number;
  /** Where between its start and its end it takes effect. */
  readonly point: number;
  readonly phase: "ok" | "fail" | "info";
  /** Which value a read that is made up gives; whether a write of unknown outcome happens. */
  readonly pick: number;
}

const anyPlan: fc.Arbitrary<Plan> = fc.record({
  write: fc.boolean(),
  start: fc.nat(12),
  length: fc.nat(6),
  point: fc.double({ min: 0, max: 1, noNaN: true }),
  phase: fc.constantFrom("ok", "ok", "ok", "ok", "fail", "info"),
  pick: fc.nat(),
});

/** What each read gives when operations take effect at their points. */
function honestResults(plans: readonly Plan[]): ReadonlyMap<Plan, number | null> {
  const results = new Map<Plan, number | null>();
  let state: number | null = null;
  const moment = ({ start, length, point }: Plan) => start + length * point;
  for (const plan of plans.toSorted((a, b) => moment(a) - moment(b))) {
    const happens = plan.phase === "ok" || (plan.phase === "info" && plan.pick % 2 === 0);
    if (!plan.write) results.set(plan, state);
    else if (happens) state = plans.indexOf(plan) + 1;
  }
  return results;
}

function toldOf(plans: readonly Plan[], lies: readonly boolean[]): readonly Told[] {
  const honest = honestResults(plans);
  return plans.map((plan, position): Told => {
    const { write, start, length, phase, pick } = plan;
    const base = { key: "x", sent: start, answered: start + length, server: primary("node1") };
    if (write) return { ...base, f: "write", value: position + 1, phase };
    // One more than there are: a value that nobody wrote.
    const invented = pick % (plans.length + 2);
    const result = lies[position] ? (invented === 0 ? null : invented) : (honest.get(plan) ?? null);
    return { ...base, f: "read", value: null, phase: phase === "info" ? "fail" : phase, ...(phase === "ok" && { result }) };
  });
}

const history = fc
  .array(anyPlan, { minLength: 2, maxLength: 7 })
  .chain((plans) =>
    fc.array(fc.integer({ min: 0, max: 5 }), { minLength: plans.length, maxLength: plans.length }).map((dice) => ({ plans, dice })),
  )
  .map(({ plans, dice }) =>
    historyOf(
      toldOf(
        plans,
        dice.map((die) => die === 0),
      ),
    ),
  );

/** A write of each value that is only read: at some time, if at all. */
function withWrites(uses: readonly Use[], writes: ReadonlyMap<number | null, Use>): readonly Use[] {
  const written = new Set(uses.filter(({ f }) => f === "write").map(({ value }) => value));
  const read = new Set(uses.flatMap((use) => (use.f === "read" ? [use.result] : [])));
  const absent = [...read].flatMap((value) => (written.has(value) ? [] : [writes.get(value)]));
  const anytime = (write: Use): Use => ({ ...write, phase: "info", invoked: -Infinity, completed: Infinity });
  return [...uses, ...absent.filter((write) => write !== undefined).map(anytime)];
}

test("shows the fewest operations that contradict each other", () => {
  fc.assert(
    fc.property(history, (events) => {
      const operations = operationsOf(events);
      const writes = new Map<number | null, Use>(only(operations, "write").map((write) => [write.value, write]));
      const { anomalies } = checkRegister("linearizable", operations, { endpoints: ["app_rw"] });
      for (const { kind, events: shown } of anomalies) {
        if (kind === "phantom read") continue;
        const uses = [...only(operations, "read"), ...only(operations, "write")].filter((use) => shown.includes(use.events[0]));
        expect(linearizable(withWrites(uses, writes)), "all of them").toBe(false);
        for (const use of uses)
          expect(
            linearizable(
              withWrites(
                uses.filter((other) => other !== use),
                writes,
              ),
            ),
            "one less",
          ).toBe(true);
      }
    }),
    { numRuns: propertyRuns(3000) },
  );
});

test("agrees with whoever tries every order", () => {
  const verdicts = { pass: 0, fail: 0, unknown: 0 };
  fc.assert(
    fc.property(history, (events) => {
      const operations = operationsOf(events);
      const uses = [...only(operations, "read"), ...only(operations, "write")].filter(({ phase }) => phase !== "fail");
      const { verdict } = checkRegister("linearizable", operations, { endpoints: ["app_rw"] });
      verdicts[verdict] += 1;
      expect(verdict === "fail").toBe(!linearizable(uses));
    }),
    { numRuns: propertyRuns(10_000) },
  );
  // Or it would say little: both kinds are common among them.
  expect(verdicts.pass).toBeGreaterThan(propertyRuns(10_000) / 10);
  expect(verdicts.fail).toBeGreaterThan(propertyRuns(10_000) / 10);
});
