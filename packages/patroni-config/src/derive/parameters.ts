import { entriesOf, type Entry, type PostgresqlMember, type Topology } from "@matriarch/topology";
import type { ParameterValue } from "../model.ts";
import { PRELOADED_EXTENSIONS } from "../settings/defaults.ts";
import { written } from "../settings/dialect.ts";
import { isShared, postgresqlSettings } from "../settings/postgresql.ts";

/** Parameters in the order of the file. */
export type ParameterEntries = readonly Entry<ParameterValue>[];

const PRELOAD = "shared_preload_libraries";

/** What the topology says under `parameters.postgresql`, sorted. PostgreSQL does not tell the case of names apart. */
function writtenEntries({ parameters }: Topology): Entry<ParameterValue>[] {
  const byName = new Map(Object.entries(parameters.postgresql).map(([name, value]) => [name.toLowerCase(), written(value)]));
  return [...byName].map(([key, value]) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** Libraries that the extensions need, then those that the topology adds. */
function preloadLibraries(topology: Topology, added: string): string {
  const extensions = topology.databases.flatMap((database) => database.extensions);
  const needed = extensions.flatMap((extension) => PRELOADED_EXTENSIONS.get(extension) ?? []).toSorted();
  const asked = added.split(",").map((library) => library.trim());
  return [...new Set([...needed, ...asked])].filter((library) => library !== "").join(",");
}

function withPreload(topology: Topology, entries: ParameterEntries): ParameterEntries {
  const asked = entries.find(({ key }) => key === PRELOAD);
  const value = preloadLibraries(topology, String(asked?.value ?? ""));
  if (asked === undefined) return value === "" ? entries : [...entries, { key: PRELOAD, value }];
  return entries.flatMap((entry) => (entry === asked ? (value === "" ? [] : [{ ...entry, value }]) : [entry]));
}

/** Parameters of all members, for the DCS. */
export function deriveSharedParameters(topology: Topology): ParameterEntries {
  const free = writtenEntries(topology).filter(({ key }) => isShared(key));
  return entriesOf(postgresqlSettings(topology).shared, { topology }, free).flatMap(({ entries }) => entries);
}

/** Parameters of one member, for its own file. */
export function deriveLocalParameters(topology: Topology, member: PostgresqlMember): ParameterEntries {
  const free = writtenEntries(topology).filter(({ key }) => !isShared(key));
  const entries = entriesOf(postgresqlSettings(topology).local, { topology, member }, free).flatMap((group) => group.entries);
  return withPreload(topology, entries);
}
