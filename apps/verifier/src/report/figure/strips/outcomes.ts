import type { Element } from "hast";
import { s } from "hastscript";
import type { OutcomeBucket } from "../../../run/record.ts";
import type { Ink } from "../../colours.ts";
import { formatCount } from "../../model/numbers.ts";
import { emptyStrip } from "../empty-strip.ts";
import { type Frame, type LegendEntry, rounded, type Strip } from "../frame.ts";
import { drawAxis, linearAxis } from "../plot.ts";

const TITLE = "Outcomes, operations per second";
const HEIGHT = 72;

/** From the bottom of a bar to its top. */
const OUTCOMES = [
  { label: "acknowledged in time", ink: "ok", count: ({ ok, late }) => ok - late },
  { label: "acknowledged late", ink: "late", count: ({ late }) => late },
  { label: "refused or failed", ink: "failed", count: ({ fail }) => fail },
  { label: "outcome unknown", ink: "unclear", count: ({ info }) => info },
] as const satisfies readonly { label: string; ink: Ink; count: (bucket: OutcomeBucket) => number }[];

interface Bar {
  readonly second: number;
  /** One for each of the outcomes, in their order. */
  readonly counts: readonly number[];
}

/** All populations together. */
function barsOf(buckets: readonly OutcomeBucket[]): Bar[] {
  return [...Map.groupBy(buckets, ({ second }) => second)]
    .map(([second, same]) => ({ second, counts: OUTCOMES.map(({ count }) => same.reduce((sum, bucket) => sum + count(bucket), 0)) }))
    .toSorted((a, b) => a.second - b.second);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function drawOutcome(frame: Frame, bars: readonly Bar[], outcome: number, y: (count: number) => number): Element {
  const d = bars.flatMap(({ second, counts }) => {
    const below = sumOf(counts.slice(0, outcome));
    const count = counts[outcome] ?? 0;
    if (count === 0) return [];
    const [from, to] = [frame.x(second), frame.x(second + 1)];
    const width = rounded(Math.max(to - from - 0.8, 0.6));
    return [`M${from} ${y(below)}h${width}V${y(below + count)}h${-width}z`];
  });
  return s("path", { d: d.join(""), className: [`f-${OUTCOMES[outcome]?.ink}`] });
}

/** How operations ended, by the second in which they were meant to be sent. */
export function outcomesStrip(buckets: readonly OutcomeBucket[]): Strip {
  if (buckets.length === 0) return emptyStrip(TITLE);
  const bars = barsOf(buckets);
  const axis = linearAxis(Math.max(...bars.map(({ counts }) => sumOf(counts))), HEIGHT);
  const totals = OUTCOMES.map((_, outcome) => sumOf(bars.map(({ counts }) => counts[outcome] ?? 0)));
  return {
    title: TITLE,
    legend: OUTCOMES.map(({ label, ink }, outcome): LegendEntry => ({
      label: `${label} (${formatCount(totals[outcome] ?? 0)})`,
      look: "solid",
      ink,
    })),
    height: HEIGHT,
    says: `Of the operations, ${OUTCOMES.map(({ label }, outcome) => `${totals[outcome]} were ${label}`).join(", ")}.`,
    draw: (frame) => [...drawAxis(frame, axis), ...OUTCOMES.map((_, outcome) => drawOutcome(frame, bars, outcome, axis.y))],
  };
}
