import type { EtcdSpan } from "../../../run/record.ts";
import { emptyStrip } from "../empty-strip.ts";
import type { LegendEntry, Strip } from "../frame.ts";
import { drawLanes, heightOfLanes, type LaneSpan } from "../lanes.ts";

const TITLE = "etcd";

const QUORUM: LegendEntry = { label: "leader, quorum", look: "solid", ink: "first" };
const NONE: LegendEntry = { label: "none", look: "hatch", ink: "muted" };

function spanOf({ from, to }: EtcdSpan, there: boolean, text: string): LaneSpan {
  return { from, to, text, tooltip: `${text} ${from.toFixed(1)} to ${to.toFixed(1)} s`, ...(there ? QUORUM : NONE) };
}

/** Who leads etcd, and whether it can decide anything. */
export function etcdStrip(etcd: readonly EtcdSpan[]): Strip {
  if (etcd.length === 0) return emptyStrip(TITLE);
  const lanes = [
    { name: "leader", spans: etcd.map((span) => spanOf(span, span.leader !== null, span.leader ?? "no leader")) },
    { name: "quorum", spans: etcd.map((span) => spanOf(span, span.quorum, span.quorum ? "quorum" : "no quorum")) },
  ];
  const without = etcd.filter(({ quorum }) => !quorum).reduce((sum, { from, to }) => sum + to - from, 0);
  const leaders = [...new Set(etcd.flatMap(({ leader }) => leader ?? []))];
  const led = leaders.length === 0 ? "etcd never had a leader" : `etcd was led by ${leaders.join(", then ")}`;
  return {
    title: TITLE,
    legend: [QUORUM, ...(etcd.some(({ leader, quorum }) => leader === null || !quorum) ? [NONE] : [])],
    height: heightOfLanes(lanes.length),
    says: `${led}${without > 0 ? `, and was without quorum for ${without.toFixed(1)} s` : ""}.`,
    draw: (frame) => drawLanes(frame, lanes),
  };
}
