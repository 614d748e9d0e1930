import { quantileSorted } from "d3-array";
import type { LatencySample } from "../../../run/record.ts";
import type { Ink } from "../../colours.ts";
import { emptyStrip } from "../empty-strip.ts";
import { type Frame, type LegendEntry, rounded, type Strip } from "../frame.ts";
import { curve, dots } from "../marks.ts";
import { type Axis, decadeAxis, drawAxis, formatMilliseconds } from "../plot.ts";

const TITLE = "Latency of what was acknowledged";
const HEIGHT = 96;

/** Dots closer to each other than this are one. */
const GRAIN = 2;

/** At most so many windows in which quantiles are taken, and at least a second each. */
const WINDOWS = 60;

const INKS: readonly Ink[] = ["first", "second", "third", "fourth"];

/** Populations by name, each with its ink. */
export function inksOf(names: Iterable<string>): ReadonlyMap<string, Ink> {
  return new Map([...new Set(names)].toSorted().map((name, position) => [name, INKS[position % INKS.length] ?? "first"]));
}

/** Points of a cloud, each place once: a thousand dots on one another look like one. */
export function thinned(points: readonly (readonly [x: number, y: number])[]): (readonly [number, number])[] {
  const grain = (position: number) => rounded(Math.round(position / GRAIN) * GRAIN);
  return [...new Map(points.map(([x, y]) => [`${grain(x)} ${grain(y)}`, [grain(x), grain(y)] as const])).values()];
}

/** A quantile of each window; `null` where it has no sample. */
function quantileCurve(
  samples: readonly LatencySample[],
  seconds: number,
  quantile: number,
): ({ readonly at: number; readonly milliseconds: number } | null)[] {
  const length = Math.max(1, Math.ceil(seconds / WINDOWS));
  const windows = Map.groupBy(samples, ({ at }) => Math.floor(at / length));
  return Array.from({ length: Math.ceil(seconds / length) }, (_, window) => {
    const sorted = (windows.get(window) ?? []).map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
    const milliseconds = quantileSorted(sorted, quantile);
    return milliseconds === undefined ? null : { at: (window + 0.5) * length, milliseconds };
  });
}

function drawQuantile({ x, span }: Frame, { y }: Axis, samples: readonly LatencySample[], quantile: number) {
  const points = quantileCurve(samples, span.to, quantile).map((point) => (point ? ([x(point.at), y(point.milliseconds)] as const) : null));
  return curve(points, "ink", quantile > 0.9);
}

/** Each answer by the time it took, from when it was meant to be sent; median and 99th percentile over all. */
export function latencyStrip(samples: readonly LatencySample[]): Strip {
  if (samples.length === 0) return emptyStrip(TITLE);
  const inks = inksOf(samples.map(({ population }) => population));
  const highest = samples.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0);
  const axis = decadeAxis(highest, HEIGHT, formatMilliseconds);
  const cloud = (population: string, { x }: Frame) =>
    thinned(samples.filter((sample) => sample.population === population).map(({ at, milliseconds }) => [x(at), axis.y(milliseconds)]));
  return {
    title: TITLE,
    legend: [
      ...[...inks].map(([label, ink]): LegendEntry => ({ label, look: "dots", ink })),
      { label: "median", look: "line", ink: "ink" },
      { label: "99th percentile", look: "dashed", ink: "ink" },
    ],
    height: HEIGHT,
    says: `The slowest answer took ${formatMilliseconds(Math.round(highest))}.`,
    draw: (frame) => [
      ...drawAxis(frame, axis),
      ...[...inks].map(([population, ink]) => dots(cloud(population, frame), ink)),
      drawQuantile(frame, axis, samples, 0.5),
      drawQuantile(frame, axis, samples, 0.99),
    ],
  };
}
