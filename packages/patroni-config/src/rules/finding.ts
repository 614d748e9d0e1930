import type { Finding, Topology, TopologyPath } from "@matriarch/topology";
import type { PatroniCode } from "../codes.ts";

type PatroniFinding = Finding<PatroniCode>;

/** A rule of this package: it can report no code that is not in the list. */
export type PatroniRule = (topology: Topology) => readonly PatroniFinding[];

export function error(code: PatroniCode, path: TopologyPath, message: string, hint: string): PatroniFinding {
  return { code, severity: "error", path, message, hint };
}

export function warning(code: PatroniCode, path: TopologyPath, message: string, hint: string): PatroniFinding {
  return { code, severity: "warning", path, message, hint };
}
