import { type Operation, type OperationOf, only } from "../history/operation.ts";
import { conclude, countKinds, eventsOf } from "./conclude.ts";
import type { Anomaly, CheckResult } from "./result.ts";
import { type Access, contradictions, type Contradiction } from "./zones.ts";

export interface RegisterFacts {
  /** Services whose reads are held to it. Writes count whoever sent them. */
  readonly endpoints: readonly string[];
}

type Use = Access & { readonly operation: OperationOf<"read"> | OperationOf<"write"> };

const KINDS = ["phantom read", "read before its write", "overlapping zones", "enclosed zone"] as const;

/** A write of unknown outcome may have happened at any time after it was sent; one that nobody has read contradicts nothing. */
function usesOf(reads: readonly OperationOf<"read">[], writes: readonly OperationOf<"write">[]): readonly Use[] {
  const use = (operation: Use["operation"], kind: Use["kind"], value: number | null): Use => {
    return { kind, value, start: operation.invoked, end: operation.completed, operation };
  };
  const possible = writes.filter(({ phase }) => phase !== "fail");
  return [...possible.map((write) => use(write, "write", write.value)), ...reads.map((read) => use(read, "read", read.result))];
}

function messageOf(key: string, found: Contradiction<Use>): string {
  switch (found.kind) {
    case "phantom read":
      return `${key}: ${found.proof[0].value} was read, and no write of it can have succeeded`;
    case "read before its write":
      return `${key}: ${found.proof[0].value} was read before anybody wrote it`;
    case "overlapping zones":
    case "enclosed zone": {
      const [one, other] = found.values.map((value) => value ?? "what was there before any write");
      return `${key}: ${one} was seen both before and after ${other}`;
    }
  }
}

function anomaliesOf(key: string, reads: readonly OperationOf<"read">[], writes: readonly OperationOf<"write">[]): readonly Anomaly[] {
  const byValue = new Map(writes.map((write) => [write.value, write]));
  if (byValue.size < writes.length) throw new Error(`${key}: a value was written twice, so that nobody can tell which write a read saw`);
  return contradictions(usesOf(reads, writes)).map((found) => {
    // A phantom may have been written, by somebody who was told that it failed.
    const failed = found.kind === "phantom read" ? byValue.get(found.proof[0].value ?? NaN) : undefined;
    return { kind: found.kind, message: messageOf(key, found), events: eventsOf(failed, ...found.proof.map(({ operation }) => operation)) };
  });
}

/** Whether each register behaves as if there were one copy of it, and every operation took effect at one moment between its request and its answer. */
export function checkRegister(claim: string, operations: readonly Operation[], { endpoints }: RegisterFacts): CheckResult {
  const writes = only(operations, "write");
  const reads = only(operations, "read").filter(({ phase, endpoint }) => phase === "ok" && endpoints.includes(endpoint));
  const written = Map.groupBy(writes, ({ key }) => key);
  const read = Map.groupBy(reads, ({ key }) => key);
  const keys = [...new Set([...written.keys(), ...read.keys()])];
  const anomalies = keys.flatMap((key) => anomaliesOf(key, read.get(key) ?? [], written.get(key) ?? []));
  const acknowledged = writes.filter(({ phase }) => phase === "ok").length;
  const missing = [
    ...(acknowledged > 0 ? [] : ["no write of a register was acknowledged"]),
    ...(reads.length > 0 ? [] : ["no register was read"]),
  ];
  const evidence = { registers: keys.length, "writes acknowledged": acknowledged, reads: reads.length, ...countKinds(KINDS, anomalies) };
  return conclude({ claim, evidence, anomalies, missing });
}
