import {
  type Alias,
  entriesOf,
  type Login,
  type PgbouncerMember,
  PORTS,
  SYSTEM_ROLES,
  type Topology,
  writtenSettings,
} from "@matriarch/topology";
import type { NamedEntry, PgbouncerIni } from "./model.ts";
import { poolsOf } from "./pools.ts";
import { DIALECT } from "./settings/dialect.ts";
import { SETTINGS } from "./settings/index.ts";

function deriveDatabase({ name, database, route, session }: Alias, balancer: string): NamedEntry {
  return {
    name,
    parameters: [
      ["host", balancer],
      ["port", PORTS[route]],
      ["dbname", database],
      ["auth_user", SYSTEM_ROLES.lookup],
      // When its client leaves, server_reset_query empties the connection.
      ...(session ? ([["pool_mode", "session"]] as const) : []),
      // The balancer may lead reads to the primary: a write through this alias is refused there as on a replica.
      ...(route === "ro" ? ([["connect_query", "SET default_transaction_read_only = on"]] as const) : []),
    ],
  };
}

/**
 * The share of a role with a limit, so that all its pools together stay below it: PostgreSQL refuses the connections
 * beyond. `max_user_connections` would not do: idle connections of one pool would starve another until they time out.
 */
function deriveUser(topology: Topology, login: Login): NamedEntry[] {
  if (login.connectionLimit === null) return [];
  const share = Math.max(1, Math.floor(login.connectionLimit / poolsOf(topology, login)));
  return share < topology.connections.poolSize ? [{ name: login.name, parameters: [["pool_size", share]] }] : [];
}

/** `pgbouncer.ini` of one pooler. */
export function deriveIni(topology: Topology, member: PgbouncerMember): PgbouncerIni {
  return {
    databases: topology.aliases.map((alias) => deriveDatabase(alias, member.balancer ?? "")),
    users: topology.logins.flatMap((login) => deriveUser(topology, login)),
    settings: entriesOf(SETTINGS, { topology, member }, writtenSettings(DIALECT, SETTINGS, topology)),
  };
}
