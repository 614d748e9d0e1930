import type { RoleSpan, Span } from "../../../run/record.ts";
import type { Ink } from "../../colours.ts";
import { emptyStrip } from "../empty-strip.ts";
import type { LegendEntry, Look, Strip } from "../frame.ts";
import { drawLanes, heightOfLanes, type Lane, type LaneSpan } from "../lanes.ts";

const TITLE = "Role of each node";

const ROLES: Readonly<Record<RoleSpan["role"], { readonly look: Look; readonly ink: Ink }>> = {
  primary: { look: "solid", ink: "primary" },
  replica: { look: "outline", ink: "replica" },
  unreachable: { look: "hatch", ink: "muted" },
};

/** Stretches in which two nodes or more were primary, each pair by itself. */
function sharedReigns(roles: readonly RoleSpan[]): Span[] {
  const reigns = roles.filter(({ role }) => role === "primary");
  return reigns.flatMap((one, position) =>
    reigns.slice(position + 1).flatMap((other) => {
      const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
      return one.node !== other.node && from < to ? [{ from, to }] : [];
    }),
  );
}

function roleSpan({ from, to, role, timeline }: RoleSpan): LaneSpan {
  const on = timeline === null ? "" : `timeline ${timeline}`;
  return {
    from,
    to,
    ...ROLES[role],
    text: role === "primary" ? on : "",
    tooltip: `${role} ${on} ${from.toFixed(1)} to ${to.toFixed(1)} s`,
  };
}

function sharedSpan({ from, to }: Span): LaneSpan {
  return { from, to, look: "solid", ink: "danger", tooltip: `two primaries ${from.toFixed(1)} to ${to.toFixed(1)} s` };
}

/** A span of time, cut where it was shared: those parts in red. */
function cut(span: RoleSpan, shared: readonly Span[]): LaneSpan[] {
  if (span.role !== "primary") return [roleSpan(span)];
  const inside = (moment: number) => shared.some(({ from, to }) => from <= moment && moment < to);
  const edges = shared.flatMap(({ from, to }) => [from, to]).filter((edge) => span.from < edge && edge < span.to);
  const cuts = [...new Set([span.from, ...edges, span.to])].toSorted((a, b) => a - b);
  return cuts.slice(1).map((to, position) => {
    const part = { ...span, from: cuts[position] ?? span.from, to };
    return inside(part.from) ? sharedSpan(part) : roleSpan(part);
  });
}

export function rolesStrip(roles: readonly RoleSpan[]): Strip {
  if (roles.length === 0) return emptyStrip(TITLE);
  const shared = sharedReigns(roles);
  const nodes = [...Map.groupBy(roles, ({ node }) => node)].toSorted(([a], [b]) => a.localeCompare(b));
  const lanes = nodes.map(([name, spans]): Lane => ({ name, spans: spans.flatMap((span) => cut(span, shared)) }));
  const present = new Set(roles.map(({ role }) => role));
  const legend = (["primary", "replica", "unreachable"] as const)
    .filter((role) => present.has(role))
    .map((role): LegendEntry => ({ label: role, ...ROLES[role] }));
  const longest = Math.max(0, ...shared.map(({ from, to }) => to - from));
  const warning: LegendEntry[] =
    shared.length === 0 ? [] : [{ label: `two primaries (${longest.toFixed(1)} s)`, look: "solid", ink: "danger" }];
  return {
    title: TITLE,
    legend: [...legend, ...warning],
    height: heightOfLanes(lanes.length),
    says: shared.length === 0 ? "There were never two primaries." : `Two nodes were primary at once, for up to ${longest.toFixed(1)} s.`,
    draw: (frame) => drawLanes(frame, lanes),
  };
}
