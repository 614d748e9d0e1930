import { describe, expect, test } from "vitest";
import { type Case, fileOf } from "../fixtures/case.ts";
import { CASES } from "../fixtures/cases.ts";
import { historyOf, type Told, type ToldOf } from "../fixtures/tell.ts";
import type { Exchanges, FunctionName } from "../history/event.ts";
import type { Verdict } from "../history/verdict.ts";
import { type CheckRequest, runChecks } from "./catalogue.ts";

/** What is done to a good history: every way to do it, each a history of its own. */
interface Mutation {
  readonly file: string;
  readonly what: string;
  readonly variants: (told: readonly Told[]) => readonly (readonly Told[])[];
  readonly verdict: Verdict;
  /** The kind that must be among the anomalies found. */
  readonly kind?: string;
}

const is =
  <F extends FunctionName>(f: F) =>
  (told: Told): told is Told & ToldOf<F> =>
    told.f === f;

function changed(told: Told, change: object): Told {
  return { ...told, ...change };
}

/** One variant for each of the operations that are chosen: without it. */
const withoutEach = (chosen: (told: Told) => boolean) => (told: readonly Told[]) =>
  told.filter(chosen).map((victim) => told.filter((other) => other !== victim));

/** One variant: without any of them. */
const withoutAll = (chosen: (told: Told) => boolean) => (told: readonly Told[]) => [told.filter((other) => !chosen(other))];

/** One variant for each way to change one result: `change` gives them. */
const withResults =
  <F extends FunctionName>(f: F, change: (result: NonNullable<Exchanges[F]["result"]>) => readonly unknown[]) =>
  (told: readonly Told[]): readonly (readonly Told[])[] =>
    told.flatMap((victim, position) => {
      const results = is(f)(victim) && victim.result != null ? change(victim.result) : [];
      return results.map((result) => told.with(position, changed(victim, { result })));
    });

/** One variant for each pair of neighbours, among the operations that are chosen, that differ: with what they were answered exchanged. */
const swapped = (chosen: (told: Told) => boolean, field: "result" | "server") => (told: readonly Told[]) => {
  const positions = told.flatMap((operation, position) => (chosen(operation) ? [position] : []));
  return positions.slice(1).flatMap((second, index) => {
    const first = positions[index] ?? 0;
    const [a, b] = [told[first], told[second]];
    if (!a || !b || JSON.stringify(a[field]) === JSON.stringify(b[field])) return [];
    const both = told.with(first, changed(a, { [field]: b[field] })).with(second, changed(b, { [field]: a[field] }));
    return [both];
  });
};

/** One variant for each of the operations that are chosen: it happens a second time, after everything else. */
const repeatedAtTheEnd = (chosen: (told: Told) => boolean) => (told: readonly Told[]) => {
  const end = Math.max(...told.flatMap(({ sent, answered }) => (answered < Infinity ? [sent, answered] : [sent]))) + 1;
  return told.filter(chosen).map((victim) => [...told, { ...victim, sent: end, answered: end + 0.1 }]);
};

const removed = (values: readonly number[]) => values.map((_, position) => values.toSpliced(position, 1));
const doubled = (values: readonly number[]) => values.map((value, position) => values.toSpliced(position, 0, value));
const exchanged = (values: readonly number[]) =>
  values.slice(1).map((value, position) => values.with(position, value).with(position + 1, values[position] ?? NaN));

/** Lists that a transaction read, each changed in one place. */
const inLists = (change: (list: readonly number[]) => readonly (readonly number[])[]) =>
  withResults("transact", (results) =>
    results.flatMap((list, position) => (list ? change(list).map((bent) => results.with(position, bent)) : [])),
  );

const seen = [1, 2, 3, 4, 6, 8, 9];
const acknowledged = (told: Told) => told.server !== undefined && told.phase !== "fail" && told.phase !== "info";
const byOld = ({ server }: Told) => server?.node === "node1" && server.role === "primary" && server.timeline === 1;
const answeredBetween = (from: number, to: number) => (told: Told) => told.sent > from && told.sent < to;

const MUTATIONS: readonly Mutation[] = [
  {
    file: "set-failover",
    what: "a write that is there is deleted",
    variants: withoutEach((told) => is("add")(told) && seen.includes(told.value)),
    verdict: "fail",
    kind: "unexpected",
  },
  {
    file: "set-failover",
    what: "a value is deleted from one reading",
    variants: withResults("read-set", removed),
    verdict: "fail",
    kind: "difference",
  },
  {
    file: "set-failover",
    what: "a value is doubled in one reading",
    variants: withResults("read-set", doubled),
    verdict: "fail",
    kind: "duplicate",
  },
  { file: "set-failover", what: "a reading is deleted", variants: withoutEach(is("read-set")), verdict: "unknown" },
  { file: "set-failover", what: "a write happens again after the readings", variants: repeatedAtTheEnd(is("add")), verdict: "unknown" },
  {
    file: "register-concurrent",
    what: "a write that was read is deleted",
    variants: withoutEach((told) => is("write")(told) && told.value !== 4 && told.value !== 5),
    verdict: "fail",
    kind: "phantom read",
  },
  {
    file: "register-concurrent",
    what: "an early read happens again at the end",
    variants: repeatedAtTheEnd((told) => is("read")(told) && told.result !== 6),
    verdict: "fail",
  },
  {
    file: "register-concurrent",
    what: "two reads exchange what they saw",
    variants: swapped((told) => is("read")(told) && told.sent !== 17.5, "result"),
    verdict: "fail",
  },
  {
    file: "bank-transfers",
    what: "an account is deleted from a reading",
    variants: withResults("read-accounts", removed),
    verdict: "fail",
    kind: "wrong number of accounts",
  },
  {
    file: "bank-transfers",
    what: "an account is doubled in a reading",
    variants: withResults("read-accounts", doubled),
    verdict: "fail",
    kind: "wrong number of accounts",
  },
  { file: "bank-transfers", what: "every reading is deleted", variants: withoutAll(is("read-accounts")), verdict: "unknown" },
  {
    file: "list-append-serial",
    what: "a transaction that was seen is deleted",
    variants: withoutEach(
      (told) => is("transact")(told) && [0, 1, 4, 4.5].includes(told.sent) && told.value.some(([step]) => step === "append"),
    ),
    verdict: "fail",
    kind: "garbage",
  },
  {
    file: "list-append-serial",
    what: "a value is deleted from what was read",
    variants: inLists((list) => removed(list).slice(0, -1)),
    verdict: "fail",
  },
  { file: "list-append-serial", what: "a value is doubled in what was read", variants: inLists(doubled), verdict: "fail" },
  { file: "list-append-serial", what: "two values change places in what was read", variants: inLists(exchanged), verdict: "fail" },
  {
    file: "acknowledgement-overlap-failover",
    what: "an answer of the old primary happens again at the end",
    variants: repeatedAtTheEnd(byOld),
    verdict: "fail",
    kind: "overlapping acknowledgements",
  },
  {
    file: "acknowledgement-overlap-failover",
    what: "two writes exchange who acknowledged them",
    variants: swapped((told) => [2, 20, 22].includes(told.sent) && told.answered < 30, "server"),
    verdict: "fail",
    kind: "overlapping acknowledgements",
  },
  {
    file: "acknowledgement-overlap-failover",
    what: "every acknowledgement is deleted",
    variants: withoutAll(acknowledged),
    verdict: "unknown",
  },
  {
    file: "role-overlap-failover",
    what: "an answer of the old primary happens again at the end",
    variants: repeatedAtTheEnd(byOld),
    verdict: "fail",
    kind: "overlapping roles",
  },
  {
    file: "role-overlap-failover",
    what: "two answers of primaries are exchanged",
    variants: swapped((told) => [2, 20].includes(told.sent) && told.server?.role === "primary", "server"),
    verdict: "fail",
    kind: "overlapping roles",
  },
  {
    file: "staleness-behind",
    what: "an early read happens again at the end",
    variants: repeatedAtTheEnd((told) => is("read-beat")(told) && told.sent < 2),
    verdict: "fail",
    kind: "stale read",
  },
  { file: "staleness-behind", what: "every heartbeat is deleted", variants: withoutAll(is("beat")), verdict: "unknown" },
  {
    file: "monotonic-reads-sessions",
    what: "two reads of a session exchange what they saw",
    variants: swapped((told) => is("read-beat")(told) && told.process === 2 && told.sent < 2.96, "result"),
    verdict: "fail",
    kind: "going back in time",
  },
  {
    file: "monotonic-reads-sessions",
    what: "the break of the connection is deleted",
    variants: withoutEach(({ phase }) => phase === "fail"),
    verdict: "fail",
    kind: "going back in time",
  },
  {
    file: "own-writes-behind",
    what: "the reads of a second are deleted",
    variants: withoutAll((told) => is("read-beat")(told) && told.sent > 1 && told.sent < 2),
    verdict: "fail",
    kind: "late sight",
  },
  {
    file: "withdrawal-gone",
    what: "an early read happens again at the end",
    variants: (told) =>
      told.flatMap((victim) => (is("read-beat")(victim) && victim.sent < 2 ? [[...told, { ...victim, sent: 2.9, answered: 2.95 }]] : [])),
    verdict: "fail",
    kind: "still serving",
  },
  { file: "withdrawal-gone", what: "every read is deleted", variants: withoutAll(is("read-beat")), verdict: "unknown" },
  {
    file: "refusals-refused",
    what: "a client's attempt is deleted",
    variants: withoutEach((told) => told.error?.sqlstate === "25006"),
    verdict: "unknown",
  },
  {
    file: "refusals-refused",
    what: "an attempt is answered like a write",
    variants: (told) =>
      told.flatMap((victim, position) => (victim.error?.sqlstate === "25006" ? [told.with(position, { ...victim, phase: "ok" })] : [])),
    verdict: "fail",
    kind: "write accepted",
  },
  { file: "recovery-failover", what: "the end is deleted", variants: withoutAll(({ sent }) => sent > 24), verdict: "unknown" },
  {
    file: "recovery-failover",
    what: "everything before the fault is deleted",
    variants: withoutAll(({ sent }) => sent < 10.05),
    verdict: "unknown",
  },
  {
    file: "prediction-as-predicted",
    what: "two seconds of answers after the outage are deleted",
    variants: withoutAll(answeredBetween(14.9, 16.9)),
    verdict: "fail",
    kind: "outside the prediction",
  },
  {
    file: "availability-short-outage",
    what: "ten writes are refused instead of answered",
    variants: (told) => [
      told.map((operation) => (answeredBetween(5, 7)(operation) ? { ...operation, phase: "fail" as const } : operation)),
    ],
    verdict: "fail",
    kind: "too few in time",
  },
  {
    file: "stopped-in-time",
    what: "a write that was refused is acknowledged",
    variants: (told) =>
      told.flatMap((victim, position) =>
        victim.phase === "fail" && victim.sent > 13 && victim.sent < 19.5 ? [told.with(position, { ...victim, phase: "ok" })] : [],
      ),
    verdict: "fail",
    kind: "acknowledged while stopped",
  },
  {
    file: "stopped-in-time",
    what: "two seconds of answers after the healing are deleted",
    variants: withoutAll(answeredBetween(22.9, 24.9)),
    verdict: "fail",
    kind: "late return",
  },
  {
    file: "stopped-in-time",
    what: "everything before the fault is deleted",
    variants: withoutAll(({ sent }) => sent < 10.05),
    verdict: "unknown",
  },
  {
    file: "stopped-in-time",
    what: "nothing is tried while it is stopped",
    variants: withoutAll(({ sent }) => sent > 12.2 && sent < 20.05),
    verdict: "unknown",
  },
  { file: "stopped-in-time", what: "the end is deleted", variants: withoutAll(({ sent }) => sent > 20.05), verdict: "unknown" },
];

const caseOf = (file: string): Case | undefined => CASES.find((found) => fileOf(found) === `good/${file}.ndjson`);

describe.each([...Map.groupBy(MUTATIONS, ({ file }) => file)])("%s", (file, mutations) => {
  const good = caseOf(file);
  const judge = (told: readonly Told[]) => {
    const request = { ...good?.request, claim: "the claim", limit: null } as CheckRequest;
    return runChecks(historyOf(told), [request]).map(({ verdict, anomalies }) => ({ verdict, kinds: anomalies.map(({ kind }) => kind) }));
  };

  test("passes as it was told", () => {
    expect(judge(good?.told ?? [])).toMatchObject([{ verdict: "pass" }]);
  });

  test.each(mutations.map((mutation) => [mutation.what, mutation] as const))("does not when %s", (_, { variants, verdict, kind }) => {
    const told = variants(good?.told ?? []);
    expect(told.length).toBeGreaterThan(0);
    for (const [position, variant] of told.entries()) {
      const [result] = judge(variant);
      expect(result?.verdict, `variant ${position}`).toBe(verdict);
      if (kind !== undefined) expect(result?.kinds, `variant ${position}`).toContain(kind);
    }
  });
});
