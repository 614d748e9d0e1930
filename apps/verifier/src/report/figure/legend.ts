import type { Element } from "hast";
import { s } from "hastscript";
import { type Frame, type LegendEntry, LINE, type Strip, widthOfText } from "./frame.ts";
import { box, curve, dots, label } from "./marks.ts";

const SWATCH = 14;

function swatch({ look, ink }: LegendEntry, x: number, y: number): Element {
  switch (look) {
    case "line":
    case "dashed":
      return curve(
        [
          [x, y - 4],
          [x + SWATCH, y - 4],
        ],
        ink,
        look === "dashed",
      );
    case "dots":
      return dots(
        [
          [x + 3, y - 4],
          [x + 8, y - 5],
          [x + 12, y - 3],
        ],
        ink,
      );
    case "solid":
    case "outline":
    case "hatch":
      return box({ x, y: y - 9, width: SWATCH, height: 10 }, look, ink);
  }
}

interface Placed {
  readonly entry: LegendEntry;
  readonly x: number;
  readonly line: number;
}

/** Entries from left to right, beside the title while there is room, then on lines of their own. */
function place({ title, legend }: Strip, { width, right }: Frame): Placed[] {
  let x = widthOfText(title) * 1.25 + 18;
  let line = 0;
  return legend.map((entry) => {
    const needed = SWATCH + 5 + widthOfText(entry.label) + 14;
    if (x + needed > Math.min(width, right + 14) && x > 0) {
      x = 0;
      line += 1;
    }
    const placed = { entry, x, line };
    x += needed;
    return placed;
  });
}

/** Height of a strip's title and legend. */
export function heightOfHead(strip: Strip, frame: Frame): number {
  const lines = place(strip, frame).reduce((most, { line }) => Math.max(most, line), 0) + 1;
  return lines * LINE + 4;
}

/** A strip's title, and what its marks mean. */
export function drawHead(strip: Strip, frame: Frame): Element {
  const entries = place(strip, frame).flatMap(({ entry, x, line }) => {
    const y = 11 + line * LINE;
    return [swatch(entry, x, y), label(entry.label, x + SWATCH + 5, y, { ink: "muted" })];
  });
  return s("g", label(strip.title, 0, 11, { bold: true }), entries);
}
