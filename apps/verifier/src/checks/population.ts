import type { FunctionName, SessionKind } from "../history/event.ts";
import type { Operation } from "../history/operation.ts";

/** Clients that do the same in the same way. */
export interface Population {
  /** A service of the bundle. */
  readonly endpoint: string;
  readonly session: SessionKind;
  readonly f: FunctionName;
}

/** A stretch of time on the history's clock, in nanoseconds. A moment is one whose ends are equal. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What a population did, in the order in which it was meant to be sent. */
export function operationsIn(operations: readonly Operation[], { endpoint, session, f }: Population): readonly Operation[] {
  return operations
    .filter((operation) => operation.endpoint === endpoint && operation.session === session && operation.f === f)
    .toSorted((a, b) => a.intended - b.intended);
}

/** `persistent adds through app_rw`, for messages. */
export function nameOf({ endpoint, session, f }: Population): string {
  return `${session} ${f} through ${endpoint}`;
}

/** Nanoseconds from when it was meant to be sent to its answer; Infinity where it did not succeed. */
export function latencyOf({ phase, intended, completed }: Operation): number {
  return phase === "ok" ? completed - intended : Infinity;
}
