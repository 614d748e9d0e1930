import type { Span } from "./record.ts";

/** What somebody saw of one thing at one moment. */
export interface Look<State> {
  /** Seconds since the scenario's start. */
  readonly at: number;
  /** What was looked at. */
  readonly of: string;
  readonly state: State;
}

/**
 * Looks in the order of time as stretches of one state each: one lasts until the first look that sees another, the last
 * one until `end`.
 */
export function spansOf<State extends object>(looks: readonly Look<State>[], end: number): (State & Span)[] {
  const spans: (State & Span)[] = [];
  const open = new Map<string, { readonly key: string; readonly from: number; readonly state: State }>();
  const close = (of: string, to: number) => {
    const span = open.get(of);
    if (span) spans.push({ ...span.state, from: span.from, to });
  };
  for (const { at, of, state } of looks) {
    const key = JSON.stringify(state);
    if (open.get(of)?.key === key) continue;
    close(of, at);
    open.set(of, { key, from: at, state });
  }
  for (const of of open.keys()) close(of, end);
  return spans.toSorted((a, b) => a.from - b.from);
}
