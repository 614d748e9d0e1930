import { acknowledgements, type Operation, type OperationOf, only } from "../history/operation.ts";
import { conclude, eventsOf } from "./conclude.ts";
import { quantileEvidence } from "./quantiles.ts";
import type { CheckResult } from "./result.ts";

export interface StalenessFacts {
  /** The table of heartbeats. */
  readonly key: string;
  /** Services whose reads are held to the bound. */
  readonly endpoints: readonly string[];
  /** Seconds that a read may be behind. */
  readonly bound: number;
}

type Beat = OperationOf<"beat">;
type Sight = OperationOf<"read-beat"> & { readonly result: { readonly beat: number; readonly lag: number } };

/** A read, and how stale it certainly was. */
interface Stale {
  readonly sight: Sight;
  /** The first heartbeat that it missed although it had been acknowledged; `null` where it missed none. */
  readonly missed: Beat | null;
  /** Nanoseconds in which there was a primary; 0 where it missed none. */
  readonly age: number;
}

/** Nanoseconds without an acknowledgement after which there is no primary, or none that anybody reaches. */
const SILENCE = 1e9;

/** The reads of heartbeats through some services, in the order in which they were sent. */
export function sightsOf(operations: readonly Operation[], key: string, endpoints: readonly string[]): readonly Sight[] {
  return only(operations, "read-beat").filter(
    (read): read is Sight => read.key === key && read.phase === "ok" && read.result !== null && endpoints.includes(read.endpoint),
  );
}

/** The acknowledged heartbeats, by their number. */
export function beatsOf(operations: readonly Operation[], key: string): readonly Beat[] {
  return only(operations, "beat")
    .filter((beat) => beat.key === key && beat.phase === "ok")
    .toSorted((a, b) => a.value - b.value);
}

/** For each heartbeat, whichever of it and all later ones was acknowledged first: whoever misses the one misses the other. */
function firstAcknowledged(beats: readonly Beat[]): readonly Beat[] {
  return beats
    .reduceRight<Beat[]>((found, beat) => {
      const later = found.at(-1);
      found.push(later && later.completed < beat.completed ? later : beat);
      return found;
    }, [])
    .toReversed();
}

/** Position of the first number of an ascending list that is greater. */
function positionAfter(numbers: readonly number[], number: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) > number) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * A clock that stands still while nobody's writes are acknowledged, in nanoseconds. Without a primary a replica cannot get what
 * it lacks, and serves in the last tier of the read-only services, which waives the bound.
 */
function writableTime(operations: readonly Operation[]): (moment: number) => number {
  const moments = acknowledgements(operations).map(({ completed }) => completed);
  const passed = (from: number, to: number) => Math.min(to - from, SILENCE);
  let time = 0;
  const times = moments.map((moment, position) => (time += passed(moments[position - 1] ?? moment, moment)));
  return (moment) => {
    const last = positionAfter(moments, moment) - 1;
    return (times[last] ?? 0) + passed(moments[last] ?? moment, moment);
  };
}

/**
 * How stale each read of heartbeats was: from the acknowledgement of the first one that it missed to the moment when it was
 * sent, without the time in which nobody could write.
 */
export function stalenessOf(operations: readonly Operation[], key: string, endpoints: readonly string[]): readonly Stale[] {
  const beats = beatsOf(operations, key);
  const numbers = beats.map(({ value }) => value);
  const firsts = firstAcknowledged(beats);
  const timeAt = writableTime(operations);
  return sightsOf(operations, key, endpoints).map((sight) => {
    const missed = firsts[positionAfter(numbers, sight.result.beat)];
    const age = missed ? timeAt(sight.invoked) - timeAt(missed.completed) : 0;
    return missed && age > 0 ? { sight, missed, age } : { sight, missed: null, age: 0 };
  });
}

/** Whether no read was further behind than the bound. */
export function checkStaleness(claim: string, operations: readonly Operation[], { key, endpoints, bound }: StalenessFacts): CheckResult {
  const beats = beatsOf(operations, key);
  const stale = stalenessOf(operations, key, endpoints);
  const beyond = stale.filter(({ age }) => age > bound * 1e9).toSorted((a, b) => b.age - a.age);
  const anomalies = beyond.map(({ sight, missed, age }) => {
    const where = sight.server?.node ?? sight.endpoint;
    const message = `${where} was ${(age / 1e9).toFixed(3)} s behind: it had not got heartbeat ${missed?.value}; the bound is ${bound} s`;
    return { kind: "stale read", message, events: eventsOf(missed, sight) };
  });
  const missing = [
    ...(beats.length > 0 ? [] : ["no heartbeat was acknowledged"]),
    ...(stale.length > 0 ? [] : [`no read through ${endpoints.join(", ")} was answered`]),
  ];
  const ages = stale.map(({ age }) => age);
  const evidence = { heartbeats: beats.length, reads: stale.length, ...quantileEvidence("staleness", ages), "bound ms": bound * 1000 };
  return conclude({ claim, evidence, anomalies, missing });
}
