import type { Element } from "hast";
import { s } from "hastscript";
import type { Ink } from "../colours.ts";
import { FONT_SIZE, type Look, rounded } from "./frame.ts";

/** Name of the pattern that hatched marks refer to; the page has it once. */
const HATCH = "hatch";

/** The pattern of hatched marks, to stand once in a page that has figures. */
export function hatchPattern(): Element {
  const line = s("line", { x1: 0, y1: 0, x2: 0, y2: 6, className: ["s-muted"], strokeWidth: 1.5 });
  const pattern = s("pattern", { id: HATCH, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, line);
  return s("svg", { width: 0, height: 0, className: ["defs"], ariaHidden: "true" }, s("defs", pattern));
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle; with a tooltip where there is something to say. */
export function box({ x, y, width, height }: Box, look: Look, ink: Ink, tooltip?: string): Element {
  const place = { x, y, width: rounded(Math.max(width, 0.8)), height, rx: 2 };
  const title = tooltip === undefined ? [] : [s("title", tooltip)];
  switch (look) {
    case "solid":
    case "dots":
      return s("rect", { ...place, className: [`f-${ink}`] }, title);
    case "hatch":
      return s("rect", { ...place, fill: `url(#${HATCH})`, className: [`s-${ink}`] }, title);
    case "outline":
    case "line":
    case "dashed":
      return s("rect", { ...place, className: ["f-raised", `s-${ink}`] }, title);
  }
}

type Anchor = "start" | "middle" | "end";

export interface TextStyle {
  readonly anchor?: Anchor;
  readonly ink?: Ink | "paper";
  readonly bold?: true;
  /** On a pattern: with a rim in the colour of the ground. */
  readonly rim?: boolean;
}

/** A line of text, its baseline at y. */
export function label(text: string, x: number, y: number, { anchor = "start", ink = "ink", bold, rim = false }: TextStyle = {}): Element {
  const className = [`f-${ink}`, ...(bold ? ["bold"] : []), ...(rim ? ["rim"] : [])];
  return s("text", { x: rounded(x), y: rounded(y), textAnchor: anchor, className, fontSize: FONT_SIZE }, text);
}

export function horizontal(y: number, from: number, to: number, className: string, dashed = false): Element {
  return s("path", {
    d: `M${rounded(from)} ${rounded(y)}H${rounded(to)}`,
    className: [className],
    ...(dashed && { strokeDasharray: "5 3" }),
  });
}

export function vertical(x: number, from: number, to: number, className: string, dashed = false): Element {
  return s("path", {
    d: `M${rounded(x)} ${rounded(from)}V${rounded(to)}`,
    className: [className],
    ...(dashed && { strokeDasharray: "4 3" }),
  });
}

/** A line through points; broken where a point is missing. */
export function curve(points: readonly (readonly [x: number, y: number] | null)[], ink: Ink, dashed = false): Element {
  const d = points
    .map((point, position) => (point ? `${points[position - 1] ? "L" : "M"}${rounded(point[0])} ${rounded(point[1])}` : ""))
    .join("");
  return s("path", { d, className: ["curve", `s-${ink}`], ...(dashed && { strokeDasharray: "5 3" }) });
}

/** Dots, as the round ends of lines without length: the shortest way to write thousands. */
export function dots(points: readonly (readonly [x: number, y: number])[], ink: Ink): Element {
  return s("path", { d: points.map(([x, y]) => `M${x} ${y}h0`).join(""), className: ["dots", `s-${ink}`] });
}

/** One measured point. */
export function mark(x: number, y: number, ink: Ink, tooltip: string): Element {
  return s("circle", { cx: x, cy: y, r: 3.5, className: [`f-${ink}`, "point"] }, s("title", tooltip));
}
