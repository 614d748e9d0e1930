import { type Operation, only } from "../../history/operation.ts";
import { conclude, countKinds, eventsOf } from "../conclude.ts";
import type { Anomaly, CheckResult } from "../result.ts";
import { cyclesIn } from "./cycles.ts";
import { graphOf } from "./graph.ts";
import { listsOf } from "./lists.ts";
import { READING_KINDS, readingAnomalies } from "./readings.ts";

export interface ListAppendFacts {
  /** The table of lists. */
  readonly key: string;
}

/**
 * Whether the transactions behave as if they had been run one after the other, each at a moment between its request and its
 * answer. K. Kingsbury and P. Alvaro, Elle, 2020. Cycles are looked for only where the readings agree: otherwise the order
 * of a list is not known.
 */
export function checkListAppend(claim: string, operations: readonly Operation[], { key }: ListAppendFacts): CheckResult {
  const transactions = only(operations, "transact").filter((transaction) => transaction.key === key);
  const lists = listsOf(transactions);
  const wrong = readingAnomalies(transactions, lists);
  const graph = graphOf(transactions, lists);
  const cycles = wrong.length > 0 ? [] : cyclesIn(graph);
  const circular = cycles.map(({ kind, steps }): Anomaly => {
    const chain = steps.map(({ from, because }) => `event ${from.events[0]} ${because}`).join(" → ");
    return {
      kind,
      message: `no order of these transactions explains what they saw: ${chain} → the first`,
      events: eventsOf(...steps.map(({ from }) => from)),
    };
  });
  const acknowledged = transactions.filter(({ phase }) => phase === "ok").length;
  const readings = lists.reduce((sum, list) => sum + list.readings.length, 0);
  const missing = [...(acknowledged > 0 ? [] : ["no transaction was acknowledged"]), ...(readings > 0 ? [] : ["no list was read"])];
  const evidence = {
    transactions: transactions.length,
    acknowledged,
    lists: lists.length,
    readings,
    dependencies: graph.kinds.filter((kind) => kind !== "rt").length,
    ...countKinds(READING_KINDS, wrong),
    cycles: cycles.length,
  };
  return conclude({ claim, evidence, anomalies: [...wrong, ...circular], missing });
}
