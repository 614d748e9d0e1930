import type { ParsedTopology } from "../schema/schema.ts";
import type { ConnectionBudget, Database, PostgresqlMember } from "./topology.ts";

/** Patroni holds up to three sessions of the superuser on its node; two are left for a person at 3 a.m. */
const SUPERUSER_RESERVED = 5;

/**
 * About 8 MiB of a node's memory for each connection: backend, catalog caches and one small sort.
 * Between 60 and 500; beyond that the pooler is the answer (PostgreSQL wiki, "Number Of Database Connections").
 */
function defaultMaxConnections(nodes: readonly PostgresqlMember[]): number {
  const smallestMib = Math.min(...nodes.map((node) => node.memoryKib / 1024));
  return Number.isFinite(smallestMib) ? Math.min(500, Math.max(60, Math.floor(smallestMib / 80) * 10)) : 60;
}

/** Its names at PgBouncer. */
function aliasCount({ sessionAlias }: Database): number {
  return sessionAlias ? 3 : 2;
}

/**
 * How max_connections is shared out. Each PgBouncer keeps one pool for every alias and every role that may use it,
 * and one for its lookup role. After a failover, or when the primary serves reads, all of them end at one server.
 */
export function resolveConnections(
  topology: ParsedTopology,
  databases: readonly Database[],
  nodes: readonly PostgresqlMember[],
  poolers: number,
): ConnectionBudget {
  const maxConnections = topology.postgresql.max_connections ?? defaultMaxConnections(nodes);
  const direct = Math.ceil(maxConnections / 10);
  const pools =
    databases.reduce((sum, database) => sum + aliasCount(database) * (database.connectable.length + 1), 0) * Math.max(poolers, 1);
  const share = Math.floor((maxConnections - SUPERUSER_RESERVED - direct) / pools);
  const poolSize = topology.pools.size ?? Math.max(1, share);
  return { maxConnections, superuserReserved: SUPERUSER_RESERVED, direct, poolSize, pooledAtMost: poolSize * pools };
}
