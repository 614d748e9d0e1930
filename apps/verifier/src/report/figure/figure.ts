import type { Element } from "hast";
import { s } from "hastscript";
import type { Span } from "../../run/record.ts";
import { type Frame, frameOf, rounded, type Strip, type Width, WIDTHS } from "./frame.ts";
import { drawHead, heightOfHead } from "./legend.ts";
import { label, vertical } from "./marks.ts";

/** Strips that share the axis of time. */
export interface FigureModel {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly span: Span;
  /** What the axis counts. */
  readonly axis: string;
  /** The fault: its stretch lies behind all strips. */
  readonly band: Span | null;
  /** Where titles stand; `beside`: before their bodies where the figure is wide. */
  readonly titles: "above" | "beside";
  readonly strips: readonly Strip[];
}

const GAP = 16;
const AXIS = 34;

/** Room for titles that stand beside. */
const BESIDE = 250;

interface Placed {
  readonly strip: Strip;
  /** Top of its title, and of its body. */
  readonly head: number;
  readonly body: number;
}

function isBeside(titles: FigureModel["titles"], { width }: Frame): boolean {
  return titles === "beside" && width === WIDTHS.wide;
}

function placeStrips({ strips, titles }: FigureModel, frame: Frame): { readonly placed: readonly Placed[]; readonly bottom: number } {
  let y = 0;
  const placed = strips.map((strip) => {
    const head = y;
    const body = head + (isBeside(titles, frame) ? 0 : heightOfHead(strip, frame));
    y = body + strip.height + GAP;
    return { strip, head, body };
  });
  return { placed, bottom: y };
}

/** A strip's marks, between the fault's stretch behind them and its two ends before them; titles stay clear of both. */
function drawBody(strip: Strip, band: Span | null, frame: Frame): Element[] {
  const grid = frame.ticks.map((tick) => vertical(frame.x(tick), 0, strip.height, "s-grid"));
  if (band === null) return [...grid, ...strip.draw(frame)];
  const [from, to] = [frame.x(band.from), frame.x(band.to)];
  const [top, bottom] = [-2, strip.height + 2];
  return [
    s("rect", { x: from, y: top, width: Math.max(1, rounded(to - from)), height: bottom - top, className: ["f-band", "band"] }),
    ...grid,
    ...strip.draw(frame),
    vertical(from, top, bottom, "s-fault", true),
    vertical(to, top, bottom, "s-fault", true),
  ];
}

function drawTime({ x, ticks, left, right }: Frame, bottom: number, axis: string): Element[] {
  return [
    ...ticks.flatMap((tick) => [
      vertical(x(tick), bottom - 4, bottom + 2, "s-muted"),
      label(String(tick), x(tick), bottom + 14, { anchor: "middle", ink: "muted" }),
    ]),
    label(axis, (left + right) / 2, bottom + 29, { anchor: "middle", ink: "muted" }),
  ];
}

function draw(model: FigureModel, width: Width): Element {
  const frame = frameOf(width, model.span, model.titles === "beside" ? BESIDE : undefined);
  const { placed, bottom } = placeStrips(model, frame);
  const [title, description] = [`${model.id}-${width}-title`, `${model.id}-${width}-description`];
  const strips = placed.map(({ strip, head, body }) =>
    s("g", { className: ["strip"] }, [
      isBeside(model.titles, frame)
        ? label(strip.title, frame.left - 12, body + strip.height / 2 + 4, { anchor: "end" })
        : s("g", { transform: `translate(0 ${head})` }, drawHead(strip, frame)),
      s("g", { transform: `translate(0 ${body})` }, drawBody(strip, model.band, frame)),
    ]),
  );
  return s(
    "svg",
    {
      viewBox: `0 0 ${WIDTHS[width]} ${bottom + AXIS}`,
      className: ["figure", width],
      role: "img",
      ariaLabelledBy: [title],
      ariaDescribedBy: [description],
    },
    [
      s("title", { id: title }, model.title),
      s("desc", { id: description }, model.strips.map(({ says }) => says).join(" ")),
      ...(isBeside(model.titles, frame) ? frame.ticks.map((tick) => vertical(frame.x(tick), 0, bottom, "s-grid")) : []),
      ...strips,
      ...drawTime(frame, bottom, model.axis),
    ],
  );
}

/** The figure for a desk and for a phone: the page shows one of them. */
export function drawFigure(model: FigureModel): Element[] {
  return [draw(model, "wide"), draw(model, "narrow")];
}
