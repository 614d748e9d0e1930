import { scaleLinear } from "d3-scale";
import type { Element } from "hast";
import type { Span } from "../../run/record.ts";
import type { Ink } from "../colours.ts";

/** Two widths in which a figure is drawn: on a phone the wide one would be a stamp. User units; 1 is about a pixel. */
export const WIDTHS = { wide: 880, narrow: 380 } as const;
export type Width = keyof typeof WIDTHS;

/** Height of a line of text. */
export const LINE = 16;
export const FONT_SIZE = 11;

/** What all strips of a figure share: the axis of time. */
export interface Frame {
  readonly width: number;
  /** Where bodies begin; names of lanes and ticks stand before it. */
  readonly left: number;
  readonly right: number;
  /** Seconds that the figure covers. */
  readonly span: Span;
  /** Seconds → user units. */
  readonly x: (seconds: number) => number;
  /** Seconds at which the axis says what time it is. */
  readonly ticks: readonly number[];
}

/** `gutter`: room before the bodies where the figure is wide. */
export function frameOf(width: Width, span: Span, gutter = 104): Frame {
  const left = width === "wide" ? gutter : 72;
  const right = WIDTHS[width] - 14;
  const scale = scaleLinear([span.from, span.to], [left, right]).clamp(true);
  return { width: WIDTHS[width], left, right, span, x: (at) => rounded(scale(at)), ticks: scale.ticks(width === "wide" ? 12 : 5) };
}

/** User units to a tenth: finer is not seen, and makes a page longer. */
export function rounded(position: number): number {
  return Math.round(position * 10) / 10;
}

/** How wide a text comes out, about: a figure is drawn without a browser to ask. */
export function widthOfText(text: string): number {
  return text.length * FONT_SIZE * 0.55;
}

/** How something is drawn, in a strip and in its legend. */
export type Look = "solid" | "outline" | "hatch" | "line" | "dashed" | "dots";

export interface LegendEntry {
  readonly label: string;
  readonly look: Look;
  readonly ink: Ink;
}

/** One row of a figure. */
export interface Strip {
  readonly title: string;
  readonly legend: readonly LegendEntry[];
  readonly height: number;
  /** What it shows, in a sentence: for those who cannot see it. */
  readonly says: string;
  /** Its marks, from y = 0 to `height`. */
  draw(frame: Frame): Element[];
}
