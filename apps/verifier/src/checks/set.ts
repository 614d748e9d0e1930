import { type Operation, type OperationOf, only } from "../history/operation.ts";
import { conclude, countKinds, eventsOf } from "./conclude.ts";
import { lossOf } from "./loss.ts";
import type { Anomaly, CheckResult } from "./result.ts";

export interface SetFacts {
  /** The set. */
  readonly key: string;
  /** Nodes that must have it at the end. */
  readonly nodes: readonly string[];
  /** What replication promises of acknowledged rows. A loss that is only measured does not fail. */
  readonly promise: "nothing is lost" | "loss is measured";
  /** Bytes of WAL that may be lost where loss is measured; any number where it is left out. */
  readonly most?: number;
}

type Add = OperationOf<"add">;
type Reading = OperationOf<"read-set"> & { readonly result: readonly number[] };

type Intruder = Anomaly & { readonly value: number };

const KINDS = ["lost", "too much lost", "unexpected", "resurrected", "duplicate", "difference"] as const;

/** Readings that began when no writer was busy any more: what they do not have is not there. */
function finalReadings(operations: readonly Operation[], key: string, adds: readonly Add[]): readonly Reading[] {
  const lastOf = ({ events }: Operation) => events.at(-1) ?? 0;
  const quiet = adds.reduce((last, add) => Math.max(last, lastOf(add)), -1);
  return only(operations, "read-set").filter(
    (reading): reading is Reading => reading.key === key && reading.phase === "ok" && reading.result !== null && reading.events[0] > quiet,
  );
}

function repeated(values: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))];
}

function placeOf({ server, endpoint }: Operation): string {
  return server?.node ?? endpoint;
}

/** What one reading has that it must not have. */
function intruders(reading: Reading, adds: ReadonlyMap<number, Add>): readonly Intruder[] {
  const where = placeOf(reading);
  const unexpected = reading.result.filter((value) => !adds.has(value));
  const resurrected = reading.result.filter((value) => adds.get(value)?.phase === "fail");
  const anomaly = (kind: (typeof KINDS)[number], value: number, what: string): Intruder => {
    return { kind, value, message: `${where} has ${value}, ${what}`, events: eventsOf(adds.get(value), reading) };
  };
  return [
    ...unexpected.map((value) => anomaly("unexpected", value, "which nobody wrote")),
    ...resurrected.map((value) => anomaly("resurrected", value, "whose writer was told for certain that it failed")),
    ...repeated(reading.result).map((value) => anomaly("duplicate", value, "more than once")),
  ];
}

/** What several nodes have is one anomaly. */
function firstSights(anomalies: readonly Intruder[]): readonly Anomaly[] {
  const first = new Map(anomalies.toReversed().map((anomaly) => [`${anomaly.kind} ${anomaly.value}`, anomaly]));
  return [...first.values()].map(({ kind, message, events }) => ({ kind, message, events }));
}

/** Values that one of two readings has and the other has not. */
function differences(reading: Reading, other: Reading): readonly Anomaly[] {
  const onlyIn = (one: Reading, without: Reading): readonly Anomaly[] => {
    const has = new Set(without.result);
    const values = [...new Set(one.result)].filter((value) => !has.has(value));
    return values.map((value) => {
      const message = `${value} is on ${placeOf(one)} and not on ${placeOf(without)}`;
      return { kind: "difference", message, events: eventsOf(one, without) };
    });
  };
  return [...onlyIn(reading, other), ...onlyIn(other, reading)];
}

function missingFrom(primary: readonly Reading[], readings: readonly Reading[], nodes: readonly string[], acknowledged: number): string[] {
  const read = new Set(readings.map(({ server }) => server?.node));
  return [
    ...(acknowledged > 0 ? [] : ["no write was acknowledged"]),
    ...(primary.length >= 2 ? [] : [`no final read: the primary was read ${primary.length} times after the last write, not twice`]),
    ...nodes.filter((node) => !read.has(node)).map((node) => `${node} was not read after the last write`),
  ];
}

/** Holds what is there at the end, on every node, against what the writers were told. */
export function checkSet(claim: string, operations: readonly Operation[], { key, nodes, promise, most = Infinity }: SetFacts): CheckResult {
  const adds = only(operations, "add").filter((add) => add.key === key);
  const byValue = new Map(adds.map((add) => [add.value, add]));
  const readings = finalReadings(operations, key, adds);
  const primary = readings.filter(({ server }) => server?.role === "primary");
  const reference = primary.at(-1);
  const there = new Set(reference?.result);
  const acknowledged = adds.filter(({ phase }) => phase === "ok");
  const lost = reference ? acknowledged.filter(({ value }) => !there.has(value)) : [];
  const losses = lost.map((add): Anomaly => {
    const message = `${add.value} was acknowledged by ${placeOf(add)} and is not there`;
    return { kind: "lost", message, events: eventsOf(add, reference) };
  });
  const loss = lossOf(acknowledged, lost);
  const [firstLost] = losses;
  const beyond = `${loss["lost bytes"]} bytes of WAL are lost, and no more than ${most} may be`;
  const anomalies = [
    ...(promise === "nothing is lost" ? losses : []),
    ...(promise === "loss is measured" && firstLost && loss["lost bytes"] > most
      ? [{ kind: "too much lost", message: beyond, events: firstLost.events }]
      : []),
    ...firstSights(readings.flatMap((reading) => intruders(reading, byValue))),
    ...readings.flatMap((reading) => (reference && reading !== reference ? differences(reading, reference) : [])),
  ];
  const unknown = adds.filter(({ phase }) => phase === "info");
  const evidence = {
    acknowledged: acknowledged.length,
    "of unknown outcome": unknown.length,
    "waits for the standby cancelled": unknown.filter(({ error }) => error?.sqlstate === "01000").length,
    recovered: unknown.filter(({ value }) => there.has(value)).length,
    "final reads": readings.length,
    ...countKinds(KINDS, anomalies),
    lost: reference ? lost.length : null,
    ...loss,
  };
  return conclude({ claim, evidence, anomalies, missing: missingFrom(primary, readings, nodes, acknowledged.length) });
}
