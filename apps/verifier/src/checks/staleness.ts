import { type Operation, type OperationOf, only } from "../history/operation.ts";
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
  /** Nanoseconds; 0 where it missed none. */
  readonly age: number;
}

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

/** Position of the first heartbeat with a greater number. */
function positionAfter(beats: readonly Beat[], number: number): number {
  let [low, high] = [0, beats.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((beats[middle]?.value ?? Infinity) > number) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How stale each read was: from the acknowledgement of the first heartbeat that it missed to the moment when it was sent. */
export function stalenessOf(beats: readonly Beat[], sights: readonly Sight[]): readonly Stale[] {
  const firsts = firstAcknowledged(beats);
  return sights.map((sight) => {
    const missed = firsts[positionAfter(beats, sight.result.beat)];
    const age = missed ? sight.invoked - missed.completed : 0;
    return missed && age > 0 ? { sight, missed, age } : { sight, missed: null, age: 0 };
  });
}

/** Whether no read was further behind than the bound. */
export function checkStaleness(claim: string, operations: readonly Operation[], { key, endpoints, bound }: StalenessFacts): CheckResult {
  const beats = beatsOf(operations, key);
  const stale = stalenessOf(beats, sightsOf(operations, key, endpoints));
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
