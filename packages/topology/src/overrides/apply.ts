import type { TopologyCode } from "../codes.ts";
import type { Finding, TopologyPath } from "../diagnostic.ts";
import { didYouMean } from "../nearest.ts";
import { resolve } from "../resolve/resolve.ts";
import type { Topology } from "../resolve/topology.ts";
import type { ParsedTopology } from "../schema/schema.ts";
import { type OverrideRow, overrideRows, type OverrideVariable } from "./rows.ts";

/** Values by variable: those of the environment file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A topology with overrides in place. */
export interface Overridden {
  readonly topology: ParsedTopology;
  readonly findings: readonly Finding<TopologyCode>[];
}

/** Every variable that can override something of this topology, in the order of `.env.example`. */
export function overrideVariables(topology: Topology): OverrideVariable[] {
  return overrideRows(topology).map(({ variable, current, purpose }) => ({ variable, current, purpose }));
}

function unknownOverrides(environment: Environment, rows: readonly OverrideRow[]): Finding<TopologyCode>[] {
  const known = rows.map(({ variable }) => variable);
  return Object.keys(environment)
    .filter((variable) => /^EXT_[A-Z0-9_]+$/u.test(variable) && environment[variable] !== "" && !known.includes(variable))
    .map((variable) => ({
      code: "unknown-override",
      severity: "warning",
      path: [],
      message: `The variable ${variable} overrides nothing in this topology.`,
      hint: didYouMean(variable, known, "These do"),
    }));
}

function invalidOverride(variable: string, path: TopologyPath, complaint: string): Finding<TopologyCode> {
  return {
    code: "invalid-override",
    severity: "error",
    path,
    message: `The variable ${variable}, which overrides ${path.join(".")}, ${complaint}.`,
    hint: "Correct the variable, or leave it blank to keep what the topology says.",
  };
}

/**
 * The topology with the values of the environment file in place of those it holds. Blank variables override nothing;
 * an invalid one is an error, found at the key that it would override, and that key keeps its value.
 */
export function applyOverrides(parsed: ParsedTopology, environment: Environment): Overridden {
  const rows = overrideRows(resolve(parsed));
  const findings = unknownOverrides(environment, rows);
  let topology = parsed;
  for (const { variable, path, apply } of rows) {
    const text = environment[variable] ?? "";
    if (text === "") continue;
    const applied = apply(topology, text);
    if (typeof applied === "string") findings.push(invalidOverride(variable, path, applied));
    else topology = applied;
  }
  return { topology, findings };
}
