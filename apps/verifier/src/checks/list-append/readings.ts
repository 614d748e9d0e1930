import { eventsOf } from "../conclude.ts";
import type { Anomaly } from "../result.ts";
import type { List, Reading, Transaction } from "./lists.ts";

/** What a reading shows by itself, or beside another of the same list. Named as Adya and Elle name them. */
export const READING_KINDS = ["duplicate", "garbage", "G1a", "G1b", "internal", "incompatible order"] as const;
type Kind = (typeof READING_KINDS)[number];

function anomaly(kind: Kind, message: string, ...transactions: readonly (Transaction | undefined)[]): Anomaly {
  return { kind, message, events: eventsOf(...transactions) };
}

function startsWith(values: readonly number[], prefix: readonly number[]): boolean {
  return prefix.length <= values.length && prefix.every((value, position) => value === values[position]);
}

/** Values that stand in one reading and cannot. */
function intruders({ list, appends }: List, { transaction, values }: Reading): readonly Anomaly[] {
  const seen = new Set<number>();
  return values.flatMap((value): readonly Anomaly[] => {
    const append = appends.get(value);
    const again = seen.size === seen.add(value).size;
    if (again) return [anomaly("duplicate", `list ${list} has ${value} twice`, append?.transaction, transaction)];
    if (!append) return [anomaly("garbage", `list ${list} has ${value}, which nobody appended`, transaction)];
    if (append.transaction.phase !== "fail") return [];
    return [anomaly("G1a", `list ${list} has ${value}, whose transaction was aborted`, append.transaction, transaction)];
  });
}

/** Whether a value stands where its transaction's next one ought to follow, and does not. A transaction may see its own last one alone. */
function isTorn({ appends }: List, { transaction, values }: Reading, position: number): boolean {
  const append = appends.get(values[position] ?? NaN);
  const after = values[position + 1] ?? null;
  if (!append || append.next === null || append.next === after) return false;
  return after !== null || append.transaction !== transaction;
}

function torn(list: List, reading: Reading, positions: readonly number[]): readonly Anomaly[] {
  return positions
    .filter((position) => isTorn(list, reading, position))
    .map((position) => {
      const append = list.appends.get(reading.values[position] ?? NaN);
      const message = `list ${list.list} was seen with only a part of what one transaction appended`;
      return anomaly("G1b", message, append?.transaction, reading.transaction);
    });
}

/** A reading that is the longest, or begins as it does, has nothing of its own to be looked at but its end. */
function anomaliesOfList(list: List): readonly Anomaly[] {
  const longest = list.readings.find(({ values }) => values === list.order);
  if (!longest) return [];
  return [
    ...intruders(list, longest),
    ...torn(list, longest, [...longest.values.keys()]),
    ...list.readings.flatMap((reading): readonly Anomaly[] => {
      if (reading === longest) return [];
      if (startsWith(list.order, reading.values)) return torn(list, reading, [reading.values.length - 1]);
      const message = `list ${list.list} was seen in two orders`;
      return [
        ...intruders(list, reading),
        ...torn(list, reading, [...reading.values.keys()]),
        anomaly("incompatible order", message, longest.transaction, reading.transaction),
      ];
    }),
  ];
}

/** Reads that contradict what their own transaction had read or appended before. */
function internal(transaction: Transaction): readonly Anomaly[] {
  const lists = new Map<number, { readonly known: readonly number[] | null; readonly own: readonly number[] }>();
  return transaction.value.flatMap((step, position): readonly Anomaly[] => {
    const { known, own } = lists.get(step[1]) ?? { known: null, own: [] };
    if (step[0] === "append") {
      lists.set(step[1], { known, own: [...own, step[2]] });
      return [];
    }
    const values = transaction.result?.[position] ?? [];
    lists.set(step[1], { known: values, own: [] });
    const expected = known ? [...known, ...own] : own;
    const rest = known ? values : values.slice(values.length - own.length);
    if (values.length >= own.length && rest.length === expected.length && startsWith(rest, expected)) return [];
    return [anomaly("internal", `a transaction read list ${step[1]} otherwise than it had read and appended itself`, transaction)];
  });
}

/** What single readings show to be wrong. */
export function readingAnomalies(transactions: readonly Transaction[], lists: readonly List[]): readonly Anomaly[] {
  return [...lists.flatMap(anomaliesOfList), ...transactions.filter(({ phase }) => phase === "ok").flatMap(internal)];
}
