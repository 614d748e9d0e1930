import { type Alias, type Login, type PgbouncerMember, PORTS, SYSTEM_ROLES, type Topology } from "@matriarch/topology";
import { DEFAULTS } from "./defaults.ts";
import type { Entry, PgbouncerIni, Setting, SettingGroup } from "./model.ts";
import { FREE_PARAMETERS, isReadable } from "./parameters.ts";
import { poolsOf } from "./pools.ts";
import { OWNED } from "./settings.ts";

function deriveDatabase({ name, database, route }: Alias, balancer: string): Entry {
  return {
    name,
    parameters: [
      ["host", balancer],
      ["port", PORTS[route]],
      ["dbname", database],
      ["auth_user", SYSTEM_ROLES.lookup],
      // The balancer may lead reads to the primary: a write through this alias is refused there as on a replica.
      ...(route === "ro" ? ([["connect_query", "SET default_transaction_read_only = on"]] as const) : []),
    ],
  };
}

/**
 * The share of a role with a limit, so that all its pools together stay below it: PostgreSQL refuses the connections
 * beyond. `max_user_connections` would not do: idle connections of one pool would starve another until they time out.
 */
function deriveUser(topology: Topology, login: Login): Entry[] {
  if (login.connectionLimit === null) return [];
  const share = Math.max(1, Math.floor(login.connectionLimit / poolsOf(topology, login)));
  return share < topology.connections.poolSize ? [{ name: login.name, parameters: [["pool_size", share]] }] : [];
}

function freeParameters({ parameters }: Topology): ReadonlyMap<string, Setting["value"]> {
  const readable = Object.entries(parameters.pgbouncer).filter(([key, value]) => {
    const kind = FREE_PARAMETERS.get(key);
    return kind !== undefined && isReadable(kind, value);
  });
  return new Map(readable);
}

function ownedGroups(topology: Topology, member: PgbouncerMember): SettingGroup[] {
  return Object.entries(OWNED).map(([title, rows]) => ({
    title,
    settings: rows.map(({ key, value, why }) => ({ key, value: value(topology, member), why })),
  }));
}

/** The defaults that the topology leaves as they are, then what it sets. */
function freeGroups(topology: Topology): SettingGroup[] {
  const free = freeParameters(topology);
  const defaults = Object.entries(DEFAULTS).map(([title, rows]) => ({
    title,
    settings: rows.filter(({ key }) => !free.has(key)).map(({ key, value, why }) => ({ key, value: value(topology), why })),
  }));
  const written = [...free].map(([key, value]) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return [...defaults, { title: "Set in the topology", settings: written }];
}

/** `pgbouncer.ini` of one pooler. */
export function deriveIni(topology: Topology, member: PgbouncerMember): PgbouncerIni {
  return {
    databases: topology.aliases.map((alias) => deriveDatabase(alias, member.balancer ?? "")),
    users: topology.logins.flatMap((login) => deriveUser(topology, login)),
    settings: [...ownedGroups(topology, member), ...freeGroups(topology)].filter(({ settings }) => settings.length > 0),
  };
}
