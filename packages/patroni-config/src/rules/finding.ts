import type { Finding, Topology, TopologyPath } from "@matriarch/topology";

/** Every code that this package's rules can report. */
export const PATRONI_CODES = [
  "owned-parameter-postgresql",
  "unknown-parameter-postgresql",
  "invalid-parameter-postgresql",
  "owned-parameter-patroni",
  "unknown-parameter-patroni",
  "invalid-parameter-patroni",
  "max-connections-too-low",
  "memory-exceeds-node",
  "synchronous-commit-too-weak",
] as const;

type PatroniFinding = Finding<(typeof PATRONI_CODES)[number]>;

/** A rule of this package: it can report no code that is not in the list. */
export type PatroniRule = (topology: Topology) => readonly PatroniFinding[];

export function error(code: PatroniFinding["code"], path: TopologyPath, message: string, hint: string): PatroniFinding {
  return { code, severity: "error", path, message, hint };
}
