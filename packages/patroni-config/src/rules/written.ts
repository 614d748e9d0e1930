import type { Topology } from "@matriarch/topology";
import type { ParameterValue } from "../model.ts";
import { readSwitch } from "../settings/literal.ts";

/** A parameter as the topology writes it: PostgreSQL does not tell the case of a name apart. */
export interface WrittenParameter {
  readonly key: string;
  readonly value: ParameterValue;
  readonly path: readonly string[];
}

/** What the topology says about a parameter of PostgreSQL; nothing where it leaves the default. */
export function writtenParameters({ parameters }: Topology, name: string): WrittenParameter[] {
  return Object.entries(parameters.postgresql)
    .filter(([key]) => key.toLowerCase() === name)
    .map(([key, value]) => ({ key, value, path: ["parameters", "postgresql", key] }));
}

/** Whether PostgreSQL reads a value as true. */
export function isOn(value: ParameterValue): boolean {
  return readSwitch(value) === true;
}
