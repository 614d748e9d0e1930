import { entriesOf, type Entry, type PostgresqlMember, type Topology } from "@matriarch/topology";
import type { ParameterValue } from "../model.ts";
import { written } from "../settings/dialect.ts";
import { isShared, postgresqlSettings } from "../settings/postgresql.ts";
import { extensionEntries } from "./extensions.ts";

/** Parameters in the order of the file. */
export type ParameterEntries = readonly Entry<ParameterValue>[];

/** What the topology says under `parameters.postgresql`, sorted. PostgreSQL does not tell the case of names apart. */
function writtenEntries({ parameters }: Topology): Entry<ParameterValue>[] {
  const byName = new Map(Object.entries(parameters.postgresql).map(([name, value]) => [name.toLowerCase(), written(value)]));
  return [...byName].map(([key, value]) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** What the extensions need, merged into what the topology says. */
function withExtensions(topology: Topology, free: readonly Entry<ParameterValue>[]): Entry<ParameterValue>[] {
  const needed = extensionEntries(topology, free);
  const merged = new Set(needed.map(({ key }) => key));
  return [...needed, ...free.filter(({ key }) => !merged.has(key))];
}

/** Parameters of all members, for the DCS. */
export function deriveSharedParameters(topology: Topology): ParameterEntries {
  const free = writtenEntries(topology).filter(({ key }) => isShared(key));
  return entriesOf(postgresqlSettings(topology).shared, { topology }, free).flatMap(({ entries }) => entries);
}

/** Parameters of one member, for its own file. */
export function deriveLocalParameters(topology: Topology, member: PostgresqlMember): ParameterEntries {
  const free = writtenEntries(topology).filter(({ key }) => !isShared(key));
  const groups = postgresqlSettings(topology).local;
  return entriesOf(groups, { topology, member }, withExtensions(topology, free)).flatMap(({ entries }) => entries);
}
