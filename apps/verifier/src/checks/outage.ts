import type { Server } from "../history/event.ts";
import type { Operation } from "../history/operation.ts";
import { latencyOf, operationsIn, type Population, type Window } from "./population.ts";
import { quantilesOf } from "./quantiles.ts";

/** Where an outage is to be measured. */
export interface OutageFacts {
  readonly population: Population;
  /** When the fault was injected: from the command's start to its return. */
  readonly injection: Window;
  /** Seconds from when an operation was meant to be sent, after which its answer comes too late. */
  readonly deadline: number;
}

/** Two acknowledgements with nothing between them. */
interface Gap {
  readonly before: Operation;
  readonly after: Operation;
  /** Nanoseconds. */
  readonly length: number;
}

/** What clients saw of a fault. Nanoseconds since the start of the injection; `null`: it did not come, or cannot be told. */
export interface Outage {
  readonly gap: Gap | null;
  /** The last acknowledgement by whoever was primary at the injection. */
  readonly demoted: number | null;
  /** The first reply of the next primary as such, to anybody. */
  readonly promoted: number | null;
  /** When the first operation was sent that reached it. */
  readonly routed: number | null;
  /** The first acknowledgement of something sent after the injection that reached it. */
  readonly first: number | null;
  /** Start of the first ten seconds of service as before. */
  readonly full: number | null;
}

const FULL_SERVICE = { seconds: 10, share: 0.99, slowness: 2 } as const;

/**
 * The longest time between two consecutive acknowledgements that overlaps a window: a moment in it at least. `null` when
 * none came before the window, or none after it.
 */
export function gapAround(operations: readonly Operation[], { from, to }: Window): Gap | null {
  const acknowledged = operations.filter(({ phase }) => phase === "ok").toSorted((a, b) => a.completed - b.completed);
  const start = acknowledged.findLastIndex(({ completed }) => completed <= from);
  const end = acknowledged.findIndex(({ completed }) => completed >= to);
  if (start === -1 || end === -1) return null;
  const around = acknowledged.slice(start, end + 1);
  const gaps = around.map((before, position): Gap => {
    const after = around[position + 1] ?? before;
    return { before, after, length: after.completed - before.completed };
  });
  return gaps.reduce((longest, gap) => (gap.length > longest.length ? gap : longest));
}

function lifeOf(server: Server | null): string | null {
  return server && `${server.node} ${server.postmasterStart} ${server.timeline}`;
}

/** Start of the first window of full service after a moment: as many answers as usual, as fast as usual. */
function fullServiceAfter(meant: readonly Operation[], moment: number, deadline: number): number | null {
  const baseline = quantilesOf(meant.filter(({ phase, intended }) => phase === "ok" && intended < moment).map(latencyOf));
  if (baseline === null) return null;
  const slow = baseline.p99 * 1e6 * FULL_SERVICE.slowness;
  const later = meant.filter(({ intended }) => intended >= moment);
  const counts = { all: 0, inTime: 0, slow: 0 };
  const count = (operation: Operation, change: 1 | -1) => {
    const latency = latencyOf(operation);
    counts.all += change;
    if (latency <= deadline) counts.inTime += change;
    if (latency <= deadline && latency > slow) counts.slow += change;
  };
  let end = 0;
  for (const first of later) {
    const until = first.intended + FULL_SERVICE.seconds * 1e9;
    for (let next = later[end]; next && next.intended < until; next = later[++end]) count(next, 1);
    // The history does not cover these ten seconds, nor any that begin later.
    if (end === later.length) return null;
    if (counts.inTime >= counts.all * FULL_SERVICE.share && counts.slow <= counts.inTime * (1 - FULL_SERVICE.share)) return first.intended;
    count(first, -1);
  }
  return null;
}

/** Measures what one population saw of a fault. */
export function outageOf(operations: readonly Operation[], { population, injection, deadline }: OutageFacts): Outage {
  const meant = operationsIn(operations, population);
  const gap = gapAround(meant, injection);
  const acknowledged = meant.filter(({ phase, server }) => phase === "ok" && server !== null);
  const least = (times: readonly number[]) => times.reduce<number | null>((found, time) => Math.min(found ?? Infinity, time), null);
  const since = (time: number | null) => (time === null ? null : time - injection.from);
  const before = acknowledged.filter(({ completed }) => completed <= injection.from).toSorted((a, b) => a.completed - b.completed);
  const old = lifeOf(before.at(-1)?.server ?? null);
  const isNext = ({ server }: Operation) => old !== null && server?.role === "primary" && lifeOf(server) !== old;
  const next = acknowledged.filter((operation) => operation.invoked > injection.from && isNext(operation));
  const others = operations.filter((operation) => operation.phase === "ok" && operation.completed > injection.from && isNext(operation));
  const byOld = acknowledged.filter(({ server }) => lifeOf(server) === old).map(({ completed }) => -completed);
  const last = least(byOld);
  return {
    gap,
    demoted: next.length === 0 || last === null ? null : since(-last),
    promoted: since(least(others.map(({ completed }) => completed))),
    routed: since(least(next.map(({ invoked }) => invoked))),
    first: since(least(next.map(({ completed }) => completed))),
    full: since(fullServiceAfter(meant, injection.to, deadline * 1e9)),
  };
}
