import type { PlatformId, Topology } from "@matriarch/topology";
import { DEBIAN_13 } from "./debian-13/index.ts";
import type { PostgresqlTables } from "./tables.ts";

const PLATFORM_TABLES: Readonly<Record<PlatformId, Readonly<Record<number, PostgresqlTables>>>> = { "debian-13": DEBIAN_13 };

/**
 * What the topology's PostgreSQL and Patroni take. A version that the platform does not have is refused elsewhere: for it,
 * those of the newest.
 * @throws RangeError for a platform without any
 */
export function tablesOf({ platform, postgresqlVersion }: Pick<Topology, "platform" | "postgresqlVersion">): PostgresqlTables {
  const versions = PLATFORM_TABLES[platform.id];
  const tables = versions[postgresqlVersion] ?? Object.values(versions).at(-1);
  if (tables === undefined) throw new RangeError(`no tables of PostgreSQL for ${platform.id}`);
  return tables;
}
