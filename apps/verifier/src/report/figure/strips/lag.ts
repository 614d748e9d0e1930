import type { LagSample } from "../../../run/record.ts";
import { emptyStrip } from "../empty-strip.ts";
import type { LegendEntry, Strip } from "../frame.ts";
import { curve } from "../marks.ts";
import { drawAxis, formatBytes, linearAxis } from "../plot.ts";
import { inksOf } from "./latency.ts";

const TITLE = "Replication lag, WAL not yet replayed";
const HEIGHT = 56;

/** How many bytes each replica was behind. */
export function lagStrip(samples: readonly LagSample[]): Strip {
  if (samples.length === 0) return emptyStrip(TITLE);
  const inks = inksOf(samples.map(({ node }) => node));
  const highest = samples.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  const unit = 1024 ** Math.max(0, Math.floor(Math.log2(Math.max(highest, 1)) / 10));
  const axis = linearAxis(highest / unit, HEIGHT, (figure) => formatBytes(figure * unit));
  return {
    title: TITLE,
    legend: [...inks].map(([label, ink]): LegendEntry => ({ label, look: "line", ink })),
    height: HEIGHT,
    says: `No replica was further behind than ${formatBytes(highest)}.`,
    draw: (frame) => [
      ...drawAxis(frame, axis),
      ...[...inks].map(([name, ink]) =>
        curve(
          samples.filter(({ node }) => node === name).map(({ at, bytes }) => [frame.x(at), axis.y(bytes / unit)] as const),
          ink,
        ),
      ),
    ],
  };
}
