import type { List, Transaction } from "./lists.ts";

/**
 * Why one transaction comes before another: `ww` it appended the value before; `wr` the other read what it appended; `rw` it
 * read the list without what the other appended; `rt` it was over before the other began.
 */
export type Dependency = "ww" | "wr" | "rw" | "rt";

/**
 * What must come before what. The first nodes are the transactions; one more for each that has an end is a moment on the
 * clock: a transaction leads to the moment at which it ended, each moment to the next, and to the transactions that began
 * after it. That says who was over before whom with few edges, where saying it for each pair would take their square.
 */
export interface Graph {
  readonly transactions: readonly Transaction[];
  readonly size: number;
  readonly sources: readonly number[];
  readonly targets: readonly number[];
  readonly kinds: readonly Dependency[];
}

interface Edges {
  readonly add: (kind: Dependency, source: number | undefined, target: number | undefined) => void;
  readonly sources: number[];
  readonly targets: number[];
  readonly kinds: Dependency[];
}

function newEdges(): Edges {
  const [sources, targets, kinds]: [number[], number[], Dependency[]] = [[], [], []];
  const add: Edges["add"] = (kind, source, target) => {
    if (source === undefined || target === undefined || source === target) return;
    sources.push(source);
    targets.push(target);
    kinds.push(kind);
  };
  return { add, sources, targets, kinds };
}

/** Who appended what nobody saw: if it happened, it came after everything that was seen. */
function unseenWriters({ appends, order }: List, positions: ReadonlyMap<Transaction, number>): readonly number[] {
  const seen = new Set(order);
  const unseen = [...appends].filter(([value]) => !seen.has(value));
  return [...new Set(unseen.map(([, { transaction }]) => positions.get(transaction)).filter((position) => position !== undefined))];
}

function addDataEdges(list: List, positions: ReadonlyMap<Transaction, number>, { add }: Edges): void {
  const writers = list.order.map((value) => {
    const append = list.appends.get(value);
    return append && positions.get(append.transaction);
  });
  const unseen = unseenWriters(list, positions);
  writers.forEach((writer, position) => add("ww", writer, writers[position + 1]));
  for (const { transaction, values } of list.readings) {
    const reader = positions.get(transaction);
    add("wr", writers[values.length - 1], reader);
    if (values.length < writers.length) add("rw", reader, writers[values.length]);
    else for (const late of unseen) add("rw", reader, late);
  }
}

function addTimeEdges(transactions: readonly Transaction[], { add }: Edges): number {
  const ended = transactions
    .map((_, position) => position)
    .filter((position) => (transactions[position]?.completed ?? Infinity) < Infinity);
  const completion = (position: number | undefined) => transactions[position ?? -1]?.completed ?? Infinity;
  const moments = ended.toSorted((a, b) => completion(a) - completion(b));
  moments.forEach((position, moment) => {
    add("rt", position, transactions.length + moment);
    if (moment > 0) add("rt", transactions.length + moment - 1, transactions.length + moment);
  });
  const begun = transactions
    .map((_, position) => position)
    .toSorted((a, b) => (transactions[a]?.invoked ?? 0) - (transactions[b]?.invoked ?? 0));
  let passed = 0;
  for (const position of begun) {
    const start = transactions[position]?.invoked ?? 0;
    while (passed < moments.length && completion(moments[passed]) < start) passed++;
    if (passed > 0) add("rt", transactions.length + passed - 1, position);
  }
  return transactions.length + moments.length;
}

/**
 * The dependencies between the transactions that may have been committed. One of unknown outcome that nobody saw is harmless:
 * nothing comes after it. For lists of which every reading begins as the longest one does.
 */
export function graphOf(all: readonly Transaction[], lists: readonly List[]): Graph {
  const transactions = all.filter(({ phase }) => phase !== "fail");
  const positions = new Map(transactions.map((transaction, position) => [transaction, position]));
  const edges = newEdges();
  for (const list of lists) addDataEdges(list, positions, edges);
  const size = addTimeEdges(transactions, edges);
  return { transactions, size, sources: edges.sources, targets: edges.targets, kinds: edges.kinds };
}
