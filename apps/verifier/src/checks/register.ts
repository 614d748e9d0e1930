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
      return `${key}: ${found.read.value} was read, and no write of it can have succeeded`;
    case "read before its write":
      return `${key}: ${found.read.value} was read before anybody wrote it`;
    case "overlapping zones":
    case "enclosed zone": {
      const [around, other] = found.clusters.map(({ value }) => value ?? "the state before any write");
      return `${key}: ${around} was seen after ${other} had replaced it`;
    }
  }
}

function eventsIn(found: Contradiction<Use>, failed: ReadonlyMap<number | null, Operation>): readonly number[] {
  switch (found.kind) {
    case "phantom read":
      return eventsOf(failed.get(found.read.value), found.read.operation);
    case "read before its write":
      return eventsOf(found.read.operation, found.write.operation);
    case "overlapping zones":
    case "enclosed zone":
      return eventsOf(...found.clusters.flatMap(({ earliest, latest }) => [earliest?.operation, latest?.operation]));
  }
}

function anomaliesOf(key: string, reads: readonly OperationOf<"read">[], writes: readonly OperationOf<"write">[]): readonly Anomaly[] {
  const byValue = new Map(writes.map((write) => [write.value, write]));
  if (byValue.size < writes.length) throw new Error(`${key}: a value was written twice, so that nobody can tell which write a read saw`);
  const failed = new Map<number | null, Operation>(writes.filter(({ phase }) => phase === "fail").map((write) => [write.value, write]));
  return contradictions(usesOf(reads, writes)).map((found) => {
    return { kind: found.kind, message: messageOf(key, found), events: eventsIn(found, failed) };
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
