import { scaleLinear, scaleSymlog } from "d3-scale";
import type { Element } from "hast";
import { type Frame, rounded } from "./frame.ts";
import { horizontal, label } from "./marks.ts";

/** The vertical axis of a strip with figures. */
export interface Axis {
  /** A figure → user units from the top of the strip. */
  readonly y: (figure: number) => number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** From 0 to a round number above the highest. */
export function linearAxis(highest: number, height: number, format: (figure: number) => string = String): Axis {
  const scale = scaleLinear([0, Math.max(highest, 1)], [height, 0]).nice(3);
  return { y: (figure) => rounded(scale(figure)), ticks: scale.ticks(2).map((at) => ({ at, text: format(at) })) };
}

/** Powers of ten, and 0 below 1: for what spans from a millisecond to a minute. */
export function decadeAxis(highest: number, height: number, format: (figure: number) => string): Axis {
  const decades = Math.max(1, Math.ceil(Math.log10(Math.max(highest, 1))));
  const top = Math.max(highest * 1.15, 10);
  const scale = scaleSymlog([0, top], [height, 0]).constant(0.5);
  const powers = Array.from({ length: decades + 1 }, (_, power) => 10 ** power).filter((power) => power <= top);
  return { y: (figure) => rounded(scale(figure)), ticks: powers.map((at) => ({ at, text: format(at) })) };
}

/** `5 ms`, `2 s`: short enough for an axis. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`;
}

const BYTES = ["B", "KiB", "MiB", "GiB"] as const;

/** `0`, `512 KiB`, `16 MiB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(bytes) / 10));
  const figure = Math.round((bytes / 1024 ** power) * 10) / 10;
  return bytes === 0 ? "0" : `${figure} ${BYTES[power]}`;
}

/** Lines and figures of an axis, behind the marks. */
export function drawAxis({ left, right }: Frame, { y, ticks }: Axis): Element[] {
  return ticks.flatMap(({ at, text }) => [
    horizontal(y(at), left, right, "s-grid"),
    label(text, left - 8, y(at) + 4, { anchor: "end", ink: "muted" }),
  ]);
}
