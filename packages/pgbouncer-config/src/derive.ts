import { type Alias, type Login, type Member, PORTS, SERVICE_USERS, SYSTEM_ROLES, type Topology } from "@matriarch/topology";
import { DEFAULTS } from "./defaults.ts";
import type { Entry, HbaLine, PgbouncerIni, Setting, SettingGroup } from "./model.ts";
import { FREE_PARAMETERS, isReadable } from "./parameters.ts";
import { OWNED } from "./settings.ts";

type Pooler = Member<"pgbouncer">;

/** The balancers in the order in which this pooler tries them: that of its own node, those of its datacenter, the rest. */
function balancersFor(topology: Topology, pooler: Pooler): string[] {
  const distance = ({ node, datacenter }: Member) => (node === pooler.node ? 0 : datacenter === pooler.datacenter ? 1 : 2);
  return topology.haproxy.toSorted((a, b) => distance(a) - distance(b)).map(({ name }) => name);
}

function deriveDatabase(alias: Alias, balancers: readonly string[]): Entry {
  const parameters: [string, string | number][] = [
    ["host", balancers.join(",")],
    ["port", PORTS[alias.route]],
    ["dbname", alias.database],
    ["auth_user", SYSTEM_ROLES.lookup],
  ];
  // The default, round-robin, would send every second connection to a balancer that is down.
  return { name: alias.name, parameters: balancers.length > 1 ? [...parameters, ["load_balance_hosts", "disable"]] : parameters };
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
      return written === null ? [] : [{ key, value: written, ...(why === undefined ? {} : { why }) }];
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
  const balancers = balancersFor(topology, member);
  return {
    databases: topology.aliases.map((alias) => deriveDatabase(alias, balancers)),
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
