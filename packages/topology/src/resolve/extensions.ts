import type { Platform } from "../platform.ts";
import type { Extension } from "../platforms/extension.ts";
import type { Database, DeclaredExtension } from "./topology.ts";

function declare(name: string, row: Extension, databases: readonly string[], major: number): DeclaredExtension {
  return {
    name,
    package: row.package(major),
    schema: row.schema,
    preload: row.preload ?? null,
    outputPlugin: row.outputPlugin ?? null,
    workers: row.workers ?? 0,
    parameters: row.parameters?.(databases) ?? {},
    fixed: row.fixed ?? [],
    grants: row.grants ?? [],
    oneDatabase: row.oneDatabase ?? null,
    databases,
  };
}

/** The extensions that databases name, and those that these need, each after those that it needs. */
export function resolveExtensions(
  { extensions }: Pick<Platform, "extensions">,
  major: number,
  databases: readonly Database[],
): DeclaredExtension[] {
  const wanted = new Map<string, Set<string>>();
  const want = (name: string, database: string): void => {
    if (!Object.hasOwn(extensions, name)) return;
    for (const needed of extensions[name]?.needs ?? []) want(needed, database);
    wanted.set(name, (wanted.get(name) ?? new Set()).add(database));
  };
  for (const database of databases) for (const name of database.extensions) want(name, database.name);
  return [...wanted].flatMap(([name, where]) => {
    const row = extensions[name];
    return row === undefined ? [] : [declare(name, row, [...where], major)];
  });
}
