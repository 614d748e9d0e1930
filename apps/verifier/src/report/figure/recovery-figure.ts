import type { Element } from "hast";
import { isOutside, type Recovery } from "../model/recovery.ts";
import type { FigureModel } from "./figure.ts";
import type { Frame, Strip } from "./frame.ts";
import { box, horizontal, mark } from "./marks.ts";

const HEIGHT = 14;

function drawRow({ seconds, predicted, ...recovery }: Recovery, { x, left, right }: Frame): Element[] {
  const middle = HEIGHT / 2;
  const ink = isOutside({ seconds, predicted, ...recovery }) ? "danger" : "primary";
  return [
    horizontal(middle, left, right, "s-grid"),
    ...(predicted
      ? [box({ x: x(predicted[0]), y: 1, width: x(predicted[1]) - x(predicted[0]), height: HEIGHT - 2 }, "outline", "replica")]
      : []),
    ...seconds.map((measured) => mark(x(measured), middle, ink, `${measured.toFixed(2)} s`)),
  ];
}

function stripOf(recovery: Recovery): Strip {
  const { what, metric, min, max, predicted } = recovery;
  const prediction = predicted ? `, predicted ${predicted[0]} to ${predicted[1]} s` : "";
  return {
    title: `${what}, ${metric}`,
    legend: [],
    height: HEIGHT,
    says: `${what}, ${metric}: ${min.toFixed(1)} to ${max.toFixed(1)} s${prediction}.`,
    draw: (frame) => drawRow(recovery, frame),
  };
}

/** Every measured duration as a dot, in the box of what was predicted for it. */
export function recoveryFigure(recoveries: readonly Recovery[]): FigureModel {
  const highest = Math.max(1, ...recoveries.flatMap(({ max, predicted }) => [max, predicted?.[1] ?? 0]));
  return {
    id: "figure-recovery",
    title: "Recovery times: measured (dots) beside predicted (boxes)",
    span: { from: 0, to: highest * 1.05 },
    axis: "seconds",
    band: null,
    titles: "beside",
    strips: recoveries.map(stripOf),
  };
}
