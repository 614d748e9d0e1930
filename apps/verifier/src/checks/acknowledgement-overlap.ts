import { type Acknowledged, acknowledgements, type Operation } from "../history/operation.ts";
import { conclude, eventsOf } from "./conclude.ts";
import type { CheckResult } from "./result.ts";

export interface AcknowledgementFacts {
  /** Services, the acknowledgements of which are judged; those of all others still show where the newest primary is. */
  readonly endpoints: readonly string[];
}

/** An acknowledgement that a deposed primary gave, and what had been acknowledged elsewhere before the write was even sent. */
interface Overlap {
  readonly deposed: Acknowledged;
  readonly newer: Acknowledged;
}

/** First acknowledgements of each node on the newest timeline seen so far. */
class Newest {
  #timeline = -Infinity;
  readonly #firsts = new Map<string, Acknowledged>();

  see(acknowledged: Acknowledged): void {
    const { node, timeline } = acknowledged.server;
    if (timeline === null || timeline < this.#timeline) return;
    if (timeline > this.#timeline) this.#firsts.clear();
    this.#timeline = timeline;
    if (!this.#firsts.has(node)) this.#firsts.set(node, acknowledged);
  }

  /** What shows that another node, or a newer timeline, had taken over. */
  against({ server: { node, timeline } }: Acknowledged): Acknowledged | undefined {
    const older = timeline !== null && timeline < this.#timeline;
    return [...this.#firsts.values()].find((first) => older || (timeline === this.#timeline && first.server.node !== node));
  }
}

function overlapsIn(byAnswer: readonly Acknowledged[]): readonly Overlap[] {
  const newest = new Newest();
  let answered = 0;
  return byAnswer
    .toSorted((a, b) => a.invoked - b.invoked)
    .flatMap((deposed) => {
      for (let next = byAnswer[answered]; next && next.completed < deposed.invoked; next = byAnswer[++answered]) newest.see(next);
      const newer = newest.against(deposed);
      return newer ? [{ deposed, newer }] : [];
    });
}

/**
 * Whether one primary's acknowledgements end before the next one's begin. A write that was sent after a newer primary had
 * acknowledged, and was acknowledged on an older timeline, or on the same by another node, is a proof of two primaries.
 */
export function checkAcknowledgements(claim: string, operations: readonly Operation[], { endpoints }: AcknowledgementFacts): CheckResult {
  const all = acknowledgements(operations);
  const judged = all.filter(({ endpoint }) => endpoints.includes(endpoint));
  const overlaps = overlapsIn(all).filter(({ deposed }) => endpoints.includes(deposed.endpoint));
  const anomalies = overlaps.map(({ deposed, newer }) => {
    const by = ({ server }: Acknowledged) => `${server.node} on timeline ${server.timeline}`;
    const message = `${by(deposed)} acknowledged what was sent after ${by(newer)} had acknowledged`;
    return { kind: "overlapping acknowledgements", message, events: eventsOf(newer, deposed) };
  });
  const homeless = judged.filter(({ server }) => server.timeline === null).length;
  const missing = [
    ...(judged.length > 0 ? [] : [`no write through ${endpoints.join(", ")} was acknowledged`]),
    ...(homeless > 0 ? [`${homeless} acknowledgements do not tell their timeline`] : []),
  ];
  const evidence = {
    acknowledged: judged.length,
    nodes: new Set(all.map(({ server }) => server.node)).size,
    timelines: new Set(all.map(({ server }) => server.timeline)).size,
  };
  return conclude({ claim, evidence, anomalies, missing });
}
