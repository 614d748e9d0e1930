import { DEFAULT_OUTPUT_PLUGINS, type DeclaredExtension, type Entry, type Topology } from "@matriarch/topology";
import type { ExtensionPlan, GrantPlan, ParameterValue } from "../model.ts";
import { splitLibraries } from "../settings/libraries.ts";

type ParameterEntry = Entry<ParameterValue>;

/** Lists of libraries that PostgreSQL loads or lets be used. */
const LISTS: Readonly<Record<string, (topology: Topology) => readonly string[]>> = {
  shared_preload_libraries: ({ extensions }) => extensions.flatMap(({ preload }) => preload ?? []),
  output_plugin_libraries: ({ extensions, slots }) => [
    ...extensions.flatMap(({ outputPlugin }) => outputPlugin ?? []),
    ...slots.map(({ plugin }) => plugin),
  ],
};

/** PostgreSQL's own default, where it is not empty: a list that is set takes its place. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = { output_plugin_libraries: DEFAULT_OUTPUT_PLUGINS };

/**
 * What the declared extensions and slots need and what the topology adds, each once. No library that Debian carries asks
 * for a place before or behind another: they are sorted, so that the same topology gives the same file.
 */
function listEntry(topology: Topology, key: string, written: readonly ParameterEntry[]): ParameterEntry[] {
  const byDefault = DEFAULTS[key] ?? [];
  const needed = (LISTS[key]?.(topology) ?? []).toSorted();
  const added = written.find((entry) => entry.key === key)?.value;
  if (needed.length === 0 || (added === undefined && needed.every((name) => byDefault.includes(name)))) return [];
  const libraries = [...byDefault, ...needed, ...splitLibraries(String(added ?? ""))];
  return [{ key, value: [...new Set(libraries)].join(",") }];
}

/**
 * Parameters that follow from the extensions: their libraries, beside those that the topology names, and what depends on
 * where they are, unless the topology says otherwise.
 */
export function extensionEntries(topology: Topology, written: readonly ParameterEntry[]): ParameterEntry[] {
  const own = topology.extensions.flatMap(({ name, parameters }) =>
    Object.entries(parameters).map(([key, value]) => ({ key, value, why: `Of the extension ${name}.` })),
  );
  return [
    ...Object.keys(LISTS).flatMap((key) => listEntry(topology, key, written)),
    ...own.filter(({ key }) => !written.some((entry) => entry.key === key)),
  ];
}

const inDatabase = ({ extensions }: Topology, database: string): DeclaredExtension[] =>
  extensions.filter(({ databases }) => databases.includes(database));

/** What is created in one database, each after what it needs. */
export function extensionPlans(topology: Topology, database: string): ExtensionPlan[] {
  return inDatabase(topology, database).flatMap(({ name, schema }) =>
    schema === null ? [] : [{ name, schema: schema === "fixed" ? null : schema }],
  );
}

/** What the database's roles may do with what the extensions made there, in the order of the rights. */
export function extensionGrants(topology: Topology, database: string, owner: string | null, others: readonly string[]): GrantPlan[] {
  const owners = owner === null ? [] : [owner];
  const roles = { owner: owners, everyone: [...owners, ...others].toSorted() };
  return inDatabase(topology, database)
    .flatMap(({ grants }) => grants)
    .map(({ to, rights }) => ({ rights, roles: roles[to] }))
    .filter((grant) => grant.roles.length > 0)
    .toSorted((a, b) => (a.rights < b.rights ? -1 : 1));
}
