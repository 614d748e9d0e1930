import { type Operation, only } from "../history/operation.ts";
import { conclude, eventsOf } from "./conclude.ts";
import type { Window } from "./population.ts";
import type { CheckResult } from "./result.ts";

export interface WithdrawalFacts {
  /** Who must not serve any more. */
  readonly node: string;
  /** Services that it served. */
  readonly endpoints: readonly string[];
  /** When it did. */
  readonly before: Window;
  /** When it must not. */
  readonly silence: Window;
}

/** Whether a node that served reads had left the services by a moment, and stayed away, while others served. */
export function checkWithdrawal(claim: string, operations: readonly Operation[], facts: WithdrawalFacts): CheckResult {
  const { node, endpoints, before, silence } = facts;
  const answered = [...only(operations, "read-beat"), ...only(operations, "read-accounts")].filter(
    ({ phase, endpoint }) => phase === "ok" && endpoints.includes(endpoint),
  );
  const sentIn = ({ from, to }: Window) => answered.filter(({ invoked }) => invoked >= from && invoked < to);
  const its = ({ server }: { readonly server: Operation["server"] }) => server?.node === node;
  const served = sentIn(before).filter(its).length;
  const silent = sentIn(silence);
  const late = silent.filter(its);
  const anomalies = late.map((read) => {
    const after = ((read.invoked - silence.from) / 1e9).toFixed(3);
    return { kind: "still serving", message: `${node} answered a read ${after} s after it had to be gone`, events: eventsOf(read) };
  });
  const missing = [
    ...(served > 0 ? [] : [`${node} served nobody before`]),
    ...(silent.length > late.length ? [] : ["nobody else served in its place"]),
  ];
  const evidence = { "served before": served, "served by others since": silent.length - late.length, "still serving": late.length };
  return conclude({ claim, evidence, anomalies, missing });
}
