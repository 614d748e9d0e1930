import { type Operation, type OperationOf, only } from "../history/operation.ts";
import { conclude, countKinds, eventsOf } from "./conclude.ts";
import type { Anomaly, CheckResult } from "./result.ts";

export interface BankFacts {
  readonly key: string;
  readonly accounts: number;
  /** What all accounts hold together, always. */
  readonly total: number;
}

const KINDS = ["wrong number of accounts", "wrong total", "negative balance"] as const;

function anomaliesOf(reading: OperationOf<"read-accounts">, { accounts, total }: BankFacts): readonly Anomaly[] {
  const balances = reading.result ?? [];
  const where = reading.server?.node ?? reading.endpoint;
  const sum = balances.reduce((added, balance) => added + balance, 0);
  const anomaly = (kind: (typeof KINDS)[number], message: string): Anomaly => ({ kind, message, events: eventsOf(reading) });
  return [
    ...(balances.length === accounts
      ? []
      : [anomaly("wrong number of accounts", `${where} shows ${balances.length} accounts, not ${accounts}`)]),
    ...(sum === total ? [] : [anomaly("wrong total", `the accounts on ${where} hold ${sum} together, not ${total}`)]),
    ...balances.flatMap((balance, account) =>
      balance < 0 ? [anomaly("negative balance", `account ${account} on ${where} holds ${balance}`)] : [],
    ),
  ];
}

/** Whether every reading of all accounts, on whatever node, shows a state between two transfers. */
export function checkBank(claim: string, operations: readonly Operation[], facts: BankFacts): CheckResult {
  const readings = only(operations, "read-accounts").filter(({ key, phase }) => key === facts.key && phase === "ok");
  const transfers = only(operations, "transfer").filter(({ key, phase }) => key === facts.key && phase === "ok").length;
  const anomalies = readings.flatMap((reading) => anomaliesOf(reading, facts));
  const on = (role: string) => readings.filter(({ server }) => server?.role === role).length;
  const missing = [
    ...(transfers > 0 ? [] : ["no transfer was acknowledged"]),
    ...(readings.length > 0 ? [] : ["no reading of the accounts was answered"]),
  ];
  const evidence = {
    transfers,
    "readings on the primary": on("primary"),
    "readings on replicas": on("replica"),
    ...countKinds(KINDS, anomalies),
  };
  return conclude({ claim, evidence, anomalies, missing });
}
