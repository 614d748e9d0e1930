import { acknowledgements, type Event } from "./history.ts";

/** A stretch of time, in nanoseconds of the monotonic clock. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * Seconds without an acknowledgement around a window: the longest interval between two consecutive acknowledgements
 * that overlaps it. A moment is a window whose ends are equal. `null` when writes had not begun, or did not come back.
 */
export function outageAround(events: readonly Event[], { from, to }: Window): number | null {
  const times = acknowledgements(events).map(({ completed }) => completed);
  const before = times.filter((time) => time <= from).at(-1);
  const after = times.find((time) => time >= to);
  if (before === undefined || after === undefined) return null;
  const around = times.filter((time) => time >= before && time <= after);
  const gaps = around.slice(1).map((time, position) => time - (around[position] ?? time));
  return Math.max(0, ...gaps) / 1e9;
}
