import type { TopologyCode } from "../codes.ts";
import type { Finding, TopologyPath } from "../diagnostic.ts";
import { resolve } from "../resolve/resolve.ts";
import type { Topology } from "../resolve/topology.ts";
import type { ParsedTopology } from "../schema/schema.ts";
import { overrideRows, type OverrideVariable } from "./rows.ts";

/** Values by variable: those of the environment file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A topology with overrides in place. */
export interface Overridden {
  readonly topology: ParsedTopology;
  readonly findings: readonly Finding<TopologyCode>[];
  /** The variable whose value stands at a path of the topology in place of what was written there. */
  readonly variableAt: (path: TopologyPath) => string | undefined;
}

/** Every variable that can override something of this topology, in the order of `.env.example`. */
export function overrideVariables(topology: Topology): OverrideVariable[] {
  return overrideRows(topology).map(({ variable, current, purpose }) => ({ variable, current, purpose }));
}

function invalidOverride(variable: string, path: TopologyPath, complaint: string): Finding<TopologyCode> {
  return {
    code: "invalid-override",
    severity: "error",
    path,
    variable,
    message: `The variable ${variable}, which overrides ${path.join(".")}, ${complaint}.`,
    hint: "Correct the variable, or leave it blank to keep what the topology says.",
  };
}

/**
 * The topology with the values of the environment file in place of those it holds. Blank variables override nothing;
 * an invalid one is an error, and the key that it would override keeps its value.
 */
export function applyOverrides(parsed: ParsedTopology, environment: Environment): Overridden {
  const findings: Finding<TopologyCode>[] = [];
  const sources = new Map<string, string>();
  let topology = parsed;
  for (const { variable, path, apply } of overrideRows(resolve(parsed))) {
    const text = environment[variable] ?? "";
    if (text === "") continue;
    const applied = apply(topology, text);
    if (typeof applied === "string") {
      findings.push(invalidOverride(variable, path, applied));
      continue;
    }
    topology = applied;
    sources.set(JSON.stringify(path), variable);
  }
  return { topology, findings, variableAt: (path) => sources.get(JSON.stringify(path)) };
}
