import type { Element } from "hast";
import type { Ink } from "../colours.ts";
import type { Span } from "../../run/record.ts";
import { type Frame, type Look, widthOfText } from "./frame.ts";
import { box, horizontal, label } from "./marks.ts";

export interface LaneSpan extends Span {
  readonly look: Look;
  readonly ink: Ink;
  /** Written into it, or beside it, where there is room. */
  readonly text?: string;
  readonly tooltip: string;
}

/** What one thing was, over time. */
export interface Lane {
  readonly name: string;
  readonly spans: readonly LaneSpan[];
}

const LANE = { height: 15, gap: 4 } as const;

export function heightOfLanes(count: number): number {
  return count * (LANE.height + LANE.gap);
}

function drawSpan({ x }: Frame, y: number, { from, to, look, ink, tooltip }: LaneSpan): Element {
  return box({ x: x(from), y, width: x(to) - x(from), height: LANE.height }, look, ink, tooltip);
}

/** A span's text: in it, or beside it where it is too short and nothing else stands there. */
function drawText({ x, left, right }: Frame, y: number, { from, to, look, text = "" }: LaneSpan, alone: boolean): Element[] {
  const [start, end, width] = [x(from), x(to), widthOfText(text) + 10];
  const base = y + LANE.height - 4;
  if (text === "") return [];
  if (width <= end - start) return [label(text, start + 5, base, { ink: look === "solid" ? "paper" : "ink", rim: look === "hatch" })];
  if (!alone) return [];
  if (end + width <= right) return [label(text, end + 5, base)];
  return start - width >= left ? [label(text, start - 5, base, { anchor: "end" })] : [];
}

/** As much of a name as its place holds. */
function shortened(name: string, room: number): string {
  const signs = Math.floor(room / widthOfText("x"));
  return name.length <= signs ? name : `${name.slice(0, signs - 1)}…`;
}

/** Lanes, one below the other, each with its name before it and a thin line where nothing is known. */
export function drawLanes(frame: Frame, lanes: readonly Lane[]): Element[] {
  return lanes.flatMap(({ name, spans }, position) => {
    const y = position * (LANE.height + LANE.gap);
    const middle = y + LANE.height / 2;
    return [
      label(shortened(name, frame.left - 10), frame.left - 8, y + LANE.height - 4, { anchor: "end", ink: "muted" }),
      horizontal(middle, frame.left, frame.right, "s-rule"),
      ...spans.map((span) => drawSpan(frame, y, span)),
      ...spans.flatMap((span) => drawText(frame, y, span, spans.length === 1)),
    ];
  });
}
