import { poolsOf, serverConnections } from "../pools.ts";
import { error, type PgbouncerRule, warning } from "./finding.ts";

/** Of max_connections a tenth is for direct clients: the smallest number whose other nine tenths hold the rest. */
function enoughConnections(others: number): number {
  return Math.ceil((others * 10) / 9);
}

/** After a failover every pool of every pooler ends at one server. What does not fit there fails, at the worst moment. */
export const poolsExceedMaxConnections: PgbouncerRule = ({ pgbouncer, connections }) => {
  const { maxConnections, superuserReserved, direct, poolSize, pooledAtMost } = connections;
  const needed = pooledAtMost + direct + superuserReserved;
  if (pgbouncer.length === 0 || needed <= maxConnections) return [];
  const pools = pooledAtMost / poolSize;
  const fitting = Math.floor((maxConnections - superuserReserved - direct) / pools);
  const raise = `raise postgresql.max_connections to ${enoughConnections(pooledAtMost + superuserReserved)}`;
  // Pools of one connection cannot shrink, and only a size that somebody wrote is larger than what fits.
  const path = poolSize > 1 ? ["pools", "size"] : ["postgresql", "max_connections"];
  const message = `${pools} pools of ${poolSize} (${pooledAtMost}) + ${direct} for direct clients + ${superuserReserved} for the superuser = ${needed} connections, more than max_connections, ${maxConnections}.`;
  const hint = fitting >= 1 ? `Set pools.size to ${fitting}, or ${raise}.` : `Let fewer roles use fewer databases, or ${raise}.`;
  return [error("pools-exceed-max-connections", path, message, hint)];
};

/** A pool has at least one connection. */
export const connectionLimitBelowPools: PgbouncerRule = (topology) =>
  topology.logins.flatMap((login) => {
    if (login.connectionLimit === null) return [];
    const pools = poolsOf(topology, login);
    if (login.connectionLimit >= pools) return [];
    const path = ["roles", login.name, "connection_limit"];
    const message = `The role ${login.name} has ${pools} pools and may hold ${login.connectionLimit} connections: PostgreSQL refuses the others when all pools end at one server.`;
    const hint = `Set it to ${pools} or more, or name the role in fewer databases.`;
    return [warning("connection-limit-below-pools", path, message, hint)];
  });

/** PostgreSQL counts a role's connections, but refuses everybody when all are taken: then the limit limits nothing. */
export const connectionLimitUnreachable: PgbouncerRule = ({ logins, connections: { maxConnections, superuserReserved } }) => {
  const most = maxConnections - superuserReserved;
  return logins.flatMap(({ name, connectionLimit }) => {
    if (connectionLimit === null || connectionLimit <= most) return [];
    const message = `The role ${name} may hold ${connectionLimit} connections, and PostgreSQL has ${most} for all roles together: the limit keeps nothing free for the others.`;
    const hint = `Set it below ${most}, or raise postgresql.max_connections.`;
    return [warning("connection-limit-unreachable", ["roles", name, "connection_limit"], message, hint)];
  });
};

/** In session mode a server connection belongs to its client from login to logout. */
export const sessionClientsExceedPools: PgbouncerRule = (topology) => {
  const { mode, maxClients } = topology.pools;
  const servers = serverConnections(topology);
  if (topology.pgbouncer.length === 0 || mode !== "session" || maxClients <= servers) return [];
  const message = `In session mode each client keeps a server connection: one PgBouncer accepts ${maxClients} clients and opens at most ${servers}; the others wait, and are turned away after query_wait_timeout.`;
  const hint = `Set pools.mode to transaction, or pools.max_clients to ${servers}.`;
  return [warning("session-clients-exceed-pools", ["pools", "max_clients"], message, hint)];
};
