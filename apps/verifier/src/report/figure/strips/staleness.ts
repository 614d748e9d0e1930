import type { StalenessSample } from "../../../run/record.ts";
import { emptyStrip } from "../empty-strip.ts";
import type { LegendEntry, Strip } from "../frame.ts";
import { dots, horizontal } from "../marks.ts";
import { decadeAxis, drawAxis, formatMilliseconds } from "../plot.ts";
import { inksOf, thinned } from "./latency.ts";

const TITLE = "Staleness of reads";
const HEIGHT = 72;

/** How far behind each read was, and how far it may be. Milliseconds. */
export function stalenessStrip(samples: readonly StalenessSample[], bound: number | null): Strip {
  if (samples.length === 0) return emptyStrip(TITLE);
  const inks = inksOf(samples.map(({ endpoint }) => endpoint));
  const highest = samples.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0);
  const axis = decadeAxis(Math.max(highest, bound ?? 0), HEIGHT, formatMilliseconds);
  const promised: LegendEntry[] = bound === null ? [] : [{ label: `bound, ${formatMilliseconds(bound)}`, look: "dashed", ink: "danger" }];
  const held =
    bound === null ? "; no bound is promised" : `, ${highest > bound ? "beyond" : "within"} the bound of ${formatMilliseconds(bound)}`;
  return {
    title: TITLE,
    legend: [...[...inks].map(([label, ink]): LegendEntry => ({ label, look: "dots", ink })), ...promised],
    height: HEIGHT,
    says: `The stalest read was ${formatMilliseconds(Math.round(highest))} behind${held}.`,
    draw: (frame) => [
      ...drawAxis(frame, axis),
      ...[...inks].map(([name, ink]) =>
        dots(
          thinned(samples.filter(({ endpoint }) => endpoint === name).map(({ at, milliseconds }) => [frame.x(at), axis.y(milliseconds)])),
          ink,
        ),
      ),
      ...(bound === null ? [] : [horizontal(axis.y(bound), frame.left, frame.right, "s-danger", true)]),
    ],
  };
}
