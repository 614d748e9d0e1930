import { type Alias, type Login, type Member, PORTS, SERVICE_USERS, SYSTEM_ROLES, type Topology } from "@matriarch/topology";
import { DEFAULTS } from "./defaults.ts";
import type { Entry, HbaLine, PgbouncerIni, Setting, SettingGroup } from "./model.ts";
import { FREE_PARAMETERS, isReadable } from "./parameters.ts";
import { OWNED } from "./settings.ts";

type Pooler = Member<"pgbouncer">;

/**
 * The balancer that a pooler uses: that of its own node, or else one of its datacenter; neighbours take turns. One and
 * not a list: PgBouncer 1.24 compares the whole list with the name in the certificate, so that verify-full fails
 * (pgbouncer#1300, mended in 1.25).
 */
function balancerOf(topology: Topology, pooler: Pooler): string {
  const distanceTo = ({ node, datacenter }: Member) => (node === pooler.node ? 0 : datacenter === pooler.datacenter ? 1 : 2);
  const shortest = Math.min(...topology.haproxy.map(distanceTo));
  const nearest = topology.haproxy.filter((balancer) => distanceTo(balancer) === shortest);
  const turn = topology.pgbouncer.findIndex(({ name }) => name === pooler.name) % nearest.length;
  return nearest[turn]?.name ?? "";
}

function deriveDatabase({ name, database, route }: Alias, balancer: string): Entry {
  return {
    name,
    parameters: [
      ["host", balancer],
      ["port", PORTS[route]],
      ["dbname", database],
      ["auth_user", SYSTEM_ROLES.lookup],
    ],
  };
}

/**
 * PostgreSQL refuses a role's connections beyond its limit; PgBouncer, told of its share, lets queries wait instead.
 * Its 0 would mean no limit.
 */
function deriveUser({ name, connectionLimit }: Login, poolers: number): Entry[] {
  if (connectionLimit === null) return [];
  return [{ name, parameters: [["max_user_connections", Math.max(1, Math.floor(connectionLimit / poolers))]] }];
}

function freeParameters({ parameters }: Topology): ReadonlyMap<string, Setting["value"]> {
  const readable = Object.entries(parameters.pgbouncer).filter(([key, value]) => {
    const kind = FREE_PARAMETERS.get(key);
    return kind !== undefined && isReadable(kind, value);
  });
  return new Map(readable);
}

function ownedGroups(topology: Topology, member: Pooler): SettingGroup[] {
  return Object.entries(OWNED).map(([title, rows]) => ({
    title,
    settings: rows.flatMap(({ key, value, why }): Setting[] => {
      const written = value(topology, member);
      return written === null ? [] : [{ key, value: written, why }];
    }),
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
export function deriveIni(topology: Topology, member: Pooler): PgbouncerIni {
  const balancer = balancerOf(topology, member);
  return {
    databases: topology.aliases.map((alias) => deriveDatabase(alias, balancer)),
    users: topology.logins.flatMap((login) => deriveUser(login, topology.pgbouncer.length)),
    settings: [...ownedGroups(topology, member), ...freeGroups(topology)].filter(({ settings }) => settings.length > 0),
  };
}

const CONSOLE = "pgbouncer";
const PASSWORD = "scram-sha-256";

/** Each role to the aliases of its databases, over TLS, from its networks; the console over the local socket only. */
export function deriveHba(topology: Topology): HbaLine[] {
  const logins = topology.logins.flatMap(({ name, databases, from }) => {
    const aliases = topology.aliases.filter(({ database }) => databases.includes(database)).map((alias) => alias.name);
    return aliases.length === 0
      ? []
      : from.map((address): HbaLine => ({ type: "hostssl", databases: aliases, users: [name], address, method: PASSWORD }));
  });
  return [
    { type: "local", databases: [CONSOLE], users: [SERVICE_USERS.pgbouncerConsole], method: PASSWORD },
    { type: "local", databases: "all", users: "all", method: "reject" },
    ...logins,
    { type: "host", databases: "all", users: "all", address: "0.0.0.0/0", method: "reject" },
    { type: "host", databases: "all", users: "all", address: "::/0", method: "reject" },
  ];
}
