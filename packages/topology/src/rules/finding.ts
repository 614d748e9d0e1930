import type { TopologyCode } from "../codes.ts";
import type { Finding, Severity, TopologyPath } from "../diagnostic.ts";
import type { Topology } from "../resolve/topology.ts";

export type TopologyFinding = Finding<TopologyCode>;
export type TopologyRule = (topology: Topology) => readonly TopologyFinding[];

type Report = (code: TopologyCode, path: TopologyPath, message: string, hint: string) => TopologyFinding;

function report(severity: Severity): Report {
  return (code, path, message, hint) => ({ code, severity, path, message, hint });
}

export const error: Report = report("error");
export const warning: Report = report("warning");
export const info: Report = report("info");

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** `1 node`, `2 nodes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What stands more than once, each once, in the order of its second appearance. */
export function repeated<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) < index))];
}
