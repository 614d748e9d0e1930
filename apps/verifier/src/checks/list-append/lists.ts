import type { OperationOf } from "../../history/operation.ts";

export type Transaction = OperationOf<"transact">;

/** One append, as its transaction says it. */
interface Append {
  readonly transaction: Transaction;
  readonly list: number;
  readonly value: number;
  /** What the same transaction appended to the same list after it. */
  readonly next: number | null;
}

/** One answered read of a list. */
export interface Reading {
  readonly transaction: Transaction;
  readonly list: number;
  readonly values: readonly number[];
}

/** What is known of one list. */
export interface List {
  readonly list: number;
  /** Every append that was attempted, by value; also those that failed. */
  readonly appends: ReadonlyMap<number, Append>;
  readonly readings: readonly Reading[];
  /** The longest reading: the order in which values were appended, as far as anybody saw it. */
  readonly order: readonly number[];
}

function appendsOf(transaction: Transaction): readonly Append[] {
  const values = new Map<number, number[]>();
  for (const step of transaction.value) {
    if (step[0] === "append") values.set(step[1], [...(values.get(step[1]) ?? []), step[2]]);
  }
  return [...values].flatMap(([list, own]) =>
    own.map((value, position) => ({ transaction, list, value, next: own[position + 1] ?? null })),
  );
}

/** The reads of an acknowledged transaction, in its own order. Any other's are worth nothing. */
function readingsOf(transaction: Transaction): readonly Reading[] {
  if (transaction.phase !== "ok") return [];
  return transaction.value.flatMap(([kind, list], position) => {
    const values = transaction.result?.[position];
    if (kind === "append") return [];
    if (!values) throw new Error(`event ${transaction.events[1]}: the read of list ${list} has no result`);
    return [{ transaction, list, values }];
  });
}

function byValue(appends: readonly Append[]): ReadonlyMap<number, Append> {
  const found = new Map(appends.map((append) => [append.value, append]));
  const [{ list } = { list: 0 }] = appends;
  if (found.size < appends.length) throw new Error(`a value was appended twice to list ${list}, so that nobody can tell who a read saw`);
  return found;
}

/** Every list of a history. Throws where a value was appended twice. */
export function listsOf(transactions: readonly Transaction[]): readonly List[] {
  const appends = Map.groupBy(transactions.flatMap(appendsOf), ({ list }) => list);
  const readings = Map.groupBy(transactions.flatMap(readingsOf), ({ list }) => list);
  return [...new Set([...appends.keys(), ...readings.keys()])].map((list) => {
    const read = readings.get(list) ?? [];
    const longest = read.reduce<readonly number[]>((found, { values }) => (values.length > found.length ? values : found), []);
    return { list, appends: byValue(appends.get(list) ?? []), readings: read, order: longest };
  });
}
