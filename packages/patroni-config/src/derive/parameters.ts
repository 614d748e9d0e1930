import type { PostgresqlMember, Topology } from "@matriarch/topology";
import type { Parameters, ParameterValue } from "../model.ts";
import { SHARED_PARAMETERS } from "../settings/dynamic.ts";
import { LOCAL_PARAMETERS, LOCAL_PARAMETERS_SINCE, PRELOADED_EXTENSIONS } from "../settings/parameters.ts";

const PRELOAD = "shared_preload_libraries";

function written(value: ParameterValue): string | number {
  return typeof value === "boolean" ? (value ? "on" : "off") : value;
}

/** What the topology says under `parameters.postgresql`, sorted. PostgreSQL does not tell the case of names apart. */
function freeParameters(topology: Topology): [string, string | number][] {
  return Object.entries(topology.parameters.postgresql)
    .map(([name, value]): [string, string | number] => [name.toLowerCase(), written(value)])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Libraries that the extensions need, then those that the topology adds. */
function preloadLibraries(topology: Topology, added: string): string {
  const extensions = topology.databases.flatMap((database) => database.extensions);
  const needed = extensions.flatMap((extension) => PRELOADED_EXTENSIONS.get(extension) ?? []).toSorted();
  const asked = added.split(",").map((library) => library.trim());
  return [...new Set([...needed, ...asked])].filter((library) => library !== "").join(",");
}

/** Parameters of all members, for the DCS. */
export function deriveSharedParameters(topology: Topology): Parameters {
  const defaults = [...SHARED_PARAMETERS].map(([name, { value }]) => [name, value(topology)] as const);
  const free = freeParameters(topology).filter(([name]) => SHARED_PARAMETERS.has(name));
  return Object.fromEntries([...defaults, ...free]);
}

/** Parameters of one member, for its own file. */
export function deriveLocalParameters(topology: Topology, member: PostgresqlMember): Parameters {
  const since = Object.entries(LOCAL_PARAMETERS_SINCE).filter(([version]) => topology.postgresqlVersion >= Number(version));
  const settings = [LOCAL_PARAMETERS, ...since.map(([, newer]) => newer)].flatMap((table) => Object.entries(table));
  const defaults = settings.map(([name, value]) => [name, value({ topology, member })] as const);
  const free = freeParameters(topology).filter(([name]) => !SHARED_PARAMETERS.has(name));
  const merged: Record<string, ParameterValue> = Object.fromEntries([...defaults, ...free]);
  const libraries = preloadLibraries(topology, String(merged[PRELOAD] ?? ""));
  return libraries === "" ? merged : { ...merged, [PRELOAD]: libraries };
}
