import { type Acknowledgement, acknowledgements, type Event } from "./history.ts";

/** An acknowledgement that a deposed primary gave. */
export interface Overlap {
  readonly deposed: Acknowledgement;
  /** What had been acknowledged elsewhere before the write was even sent. */
  readonly newer: Acknowledgement;
}

function isDeposed(late: Acknowledgement, newer: Acknowledgement): boolean {
  if (late.server.timeline !== newer.server.timeline) return late.server.timeline < newer.server.timeline;
  return late.server.node !== newer.server.node;
}

/**
 * Writes that were sent after a newer primary had acknowledged, and were acknowledged by an older one: on an older
 * timeline, or on the same by another node. Each is a proof of two primaries; without any the list is empty.
 */
export function acknowledgementOverlaps(events: readonly Event[]): Overlap[] {
  const byAnswer = acknowledgements(events);
  const overlaps: Overlap[] = [];
  let answered = 0;
  let newest: Acknowledgement | undefined;
  for (const late of byAnswer.toSorted((a, b) => a.invoked - b.invoked)) {
    for (let next = byAnswer[answered]; next && next.completed < late.invoked; next = byAnswer[++answered]) {
      if (newest === undefined || next.server.timeline > newest.server.timeline) newest = next;
    }
    if (newest && isDeposed(late, newest)) overlaps.push({ deposed: late, newer: newest });
  }
  return overlaps;
}
