import type { BalancerSpan } from "../../../run/record.ts";
import { emptyStrip } from "../empty-strip.ts";
import type { LegendEntry, Strip } from "../frame.ts";
import { drawLanes, heightOfLanes, type Lane, type LaneSpan } from "../lanes.ts";

const TITLE = "What the balancer thinks";

const UP: LegendEntry = { label: "up: gets sessions", look: "solid", ink: "first" };
const DOWN: LegendEntry = { label: "down", look: "outline", ink: "replica" };

function spanOf({ from, to, up }: BalancerSpan): LaneSpan {
  return { from, to, ...(up ? UP : DOWN), tooltip: `${up ? "up" : "down"} ${from.toFixed(1)} to ${to.toFixed(1)} s` };
}

/** The state of each server, by its backend. Several balancers have lanes of their own. */
export function balancersStrip(spans: readonly BalancerSpan[]): Strip {
  if (spans.length === 0) return emptyStrip(TITLE);
  const several = new Set(spans.map(({ balancer }) => balancer)).size > 1;
  const nameOf = ({ balancer, backend, server }: BalancerSpan) => [...(several ? [balancer] : []), backend, server].join(" ");
  const lanes = [...Map.groupBy(spans, nameOf)].map(([name, states]): Lane => ({ name, spans: states.map(spanOf) }));
  const changes = lanes.reduce((sum, lane) => sum + lane.spans.length - 1, 0);
  return {
    title: TITLE,
    legend: [UP, DOWN],
    height: heightOfLanes(lanes.length),
    says: `The balancer changed its mind about a server ${changes} times.`,
    draw: (frame) => drawLanes(frame, lanes),
  };
}
