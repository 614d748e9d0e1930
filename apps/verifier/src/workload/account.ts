import { acknowledgements, type Event } from "./history.ts";

/** What became of the writes of a history, as values. The first four have to be empty. */
export interface Account {
  /** Acknowledged, and not there. */
  readonly lost: readonly number[];
  /** There, and nobody attempted to write them. */
  readonly unexpected: readonly number[];
  /** There, although their writers were told for certain that they failed. */
  readonly resurrected: readonly number[];
  /** There more than once. */
  readonly duplicates: readonly number[];
  readonly acknowledged: number;
  /** Of unknown outcome, and there: neither promised nor forbidden. */
  readonly recovered: readonly number[];
}

function valuesOf(events: readonly Event[], phase: Event["phase"]): Set<number> {
  return new Set(events.filter((event) => event.phase === phase).map(({ value }) => value));
}

function repeated(values: readonly number[]): number[] {
  const seen = new Set<number>();
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))];
}

/** Holds what was read at the end against what writers were told. Pure: it can be run again on a saved history. */
export function account(events: readonly Event[], readback: readonly number[]): Account {
  const read = new Set(readback);
  const attempted = valuesOf(events, "invoke");
  const failed = valuesOf(events, "fail");
  const unknown = valuesOf(events, "info");
  const acknowledged = acknowledgements(events);
  return {
    lost: acknowledged.map(({ value }) => value).filter((value) => !read.has(value)),
    unexpected: [...read].filter((value) => !attempted.has(value)),
    resurrected: [...read].filter((value) => failed.has(value)),
    duplicates: repeated(readback),
    acknowledged: acknowledged.length,
    recovered: [...read].filter((value) => unknown.has(value)),
  };
}
