import type { Operation } from "../../history/operation.ts";
import type { Outcome } from "../../history/event.ts";
import type { ScenarioRecord, Span } from "../../run/record.ts";
import type { Ink } from "../colours.ts";
import { requestOf } from "../model/operations.ts";
import type { FigureModel } from "./figure.ts";
import type { Look, Strip } from "./frame.ts";
import { drawLanes, heightOfLanes, type Lane } from "./lanes.ts";

const LOOKS: Readonly<Record<Outcome, { readonly look: Look; readonly ink: Ink }>> = {
  ok: { look: "solid", ink: "ok" },
  fail: { look: "solid", ink: "failed" },
  info: { look: "hatch", ink: "unclear" },
};

/** From its sending to its answer; to the end of the figure where none came. */
function spanOf(operation: Operation, origin: number, end: number): Span {
  const at = (t: number) => (t - origin) / 1e9;
  return { from: at(operation.invoked), to: Number.isFinite(operation.completed) ? at(operation.completed) : end };
}

function endOf(operations: readonly Operation[], origin: number): number {
  const times = operations.flatMap(({ invoked, completed }) => [invoked, ...(Number.isFinite(completed) ? [completed] : [])]);
  return (Math.max(...times) - origin) / 1e9;
}

function lanesOf(operations: readonly Operation[], origin: number, end: number): Lane[] {
  return operations.map((operation): Lane => {
    const { from, to } = spanOf(operation, origin, end);
    const text = `${requestOf(operation)} → ${operation.phase}`;
    return { name: operation.server?.node ?? operation.endpoint, spans: [{ from, to, ...LOOKS[operation.phase], text, tooltip: text }] };
  });
}

/** Operations in real time, one below the other: which of them overlap, and which were over before another began. */
export function operationsFigure(id: string, operations: readonly Operation[], { origin }: ScenarioRecord): FigureModel {
  const start = Math.min(...operations.map(({ invoked }) => (invoked - origin) / 1e9));
  const last = endOf(operations, origin);
  const margin = Math.max((last - start) * 0.04, 0.002);
  const end = last + margin;
  const lanes = lanesOf(operations, origin, end);
  const strip: Strip = {
    title: "Operations, from sending to answer",
    legend: [
      { label: "ok", ...LOOKS.ok },
      { label: "fail", ...LOOKS.fail },
      { label: "info", ...LOOKS.info },
    ],
    height: heightOfLanes(lanes.length),
    says: `${operations.length} operations between second ${start.toFixed(3)} and second ${last.toFixed(3)}.`,
    draw: (frame) => drawLanes(frame, lanes),
  };
  return {
    id,
    title: "The operations that show it, in real time",
    span: { from: start - margin, to: end },
    axis: "seconds since the start of the scenario",
    band: null,
    titles: "above",
    strips: [strip],
  };
}
