import type { Alias, Login, Topology } from "@matriarch/topology";

/** The aliases that a role may use: not those of a database whose changes it only streams. */
export function aliasesOf({ aliases, databases }: Topology, { name: role }: Login): Alias[] {
  const pooled = new Set(databases.filter(({ connectable }) => connectable.includes(role)).map(({ name }) => name));
  return aliases.filter(({ database }) => pooled.has(database));
}

/** How many pools a role has: one in each pooler for each alias. After a failover all of them end at one server. */
export function poolsOf(topology: Topology, login: Login): number {
  return aliasesOf(topology, login).length * topology.pgbouncer.length;
}

/** Server connections of one pooler when all its pools are full. */
export function serverConnections({ connections, pgbouncer }: Topology): number {
  return connections.pooledAtMost / Math.max(1, pgbouncer.length);
}
