import type { Alias, Login, Topology } from "@matriarch/topology";

/** The aliases that a role may use. */
export function aliasesOf({ aliases }: Topology, { databases }: Login): Alias[] {
  const own = new Set(databases);
  return aliases.filter(({ database }) => own.has(database));
}

/** How many pools a role has: one in each pooler for each alias. After a failover all of them end at one server. */
export function poolsOf(topology: Topology, login: Login): number {
  return aliasesOf(topology, login).length * topology.pgbouncer.length;
}

/** Server connections of one pooler when all its pools are full. */
export function serverConnections({ connections, pgbouncer }: Topology): number {
  return connections.pooledAtMost / Math.max(1, pgbouncer.length);
}
