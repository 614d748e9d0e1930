import { MAINTENANCE_DATABASE, SYSTEM_ROLES } from "../roles.ts";
import type { ParsedTopology } from "../schema/schema.ts";
import type { Alias, Database, LogicalSlot, Login } from "./topology.ts";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];

function sortedSet(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}

/** The declared databases in the order of the file, after the maintenance database that every cluster has. */
export function resolveDatabases(topology: ParsedTopology): Database[] {
  const declared = Object.entries(topology.databases);
  const maintenance = topology.databases[MAINTENANCE_DATABASE] ?? {
    writers: [],
    readers: [],
    extensions: [],
    session_alias: false,
    slots: {},
    subscribers: [],
  };
  return [[MAINTENANCE_DATABASE, maintenance] as const, ...declared.filter(([name]) => name !== MAINTENANCE_DATABASE)].map(
    ([name, written]) => {
      const owner = name === MAINTENANCE_DATABASE ? null : (written.owner ?? name);
      const monitors = name === MAINTENANCE_DATABASE ? [SYSTEM_ROLES.monitor] : [];
      return {
        name,
        owner,
        writers: sortedSet(written.writers),
        readers: sortedSet(written.readers),
        extensions: sortedSet([...topology.postgresql.extensions, ...written.extensions]),
        subscribers: sortedSet(written.subscribers),
        sessionAlias: written.session_alias,
        connectable: sortedSet([...(owner === null ? [] : [owner]), ...written.writers, ...written.readers, ...monitors]),
      };
    },
  );
}

/** `ROLE_APP_PASSWORD`; the monitor's is `MONITOR_PASSWORD`. */
function passwordVariable(role: string): string {
  return role === SYSTEM_ROLES.monitor ? "MONITOR_PASSWORD" : `ROLE_${role.toUpperCase()}_PASSWORD`;
}

/** Networks, each once; every network there is where one of them says so, or where nobody names one. */
function widest(networks: readonly string[]): string[] {
  const anywhere = networks.length === 0 || EVERYWHERE.every((family) => networks.includes(family));
  return anywhere ? EVERYWHERE : sortedSet(networks);
}

/** The roles that log in with a password, sorted by name: declared ones, owners by default, and the monitor. */
export function resolveLogins(topology: ParsedTopology, databases: readonly Database[]): Login[] {
  const names = sortedSet([
    ...Object.keys(topology.roles),
    ...databases.flatMap(({ connectable, subscribers }) => [...connectable, ...subscribers]),
  ]);
  const applications = names.filter((name) => name !== SYSTEM_ROLES.monitor).flatMap((name) => topology.roles[name]?.from ?? EVERYWHERE);
  const byRole = Map.groupBy(
    databases.flatMap(({ name, connectable, subscribers }) => sortedSet([...connectable, ...subscribers]).map((role) => ({ name, role }))),
    ({ role }) => role,
  );
  const streaming = new Set(databases.flatMap(({ subscribers }) => subscribers));
  const ownNames = new Set(databases.filter(({ name, owner }) => owner === name).map(({ name }) => name));
  return names.map((name) => ({
    name,
    system: name === SYSTEM_ROLES.monitor,
    declared: Object.hasOwn(topology.roles, name) || ownNames.has(name),
    databases: (byRole.get(name) ?? []).map((database) => database.name),
    // Who watches comes from where the applications do: else it would open HAProxy's ports for everybody.
    from: name === SYSTEM_ROLES.monitor ? widest(applications) : (topology.roles[name]?.from ?? EVERYWHERE),
    connectionLimit: topology.roles[name]?.connection_limit ?? null,
    replication: streaming.has(name),
    passwordVariable: passwordVariable(name),
  }));
}

/** `<database>_rw` and `<database>_ro` for every database, and `<database>_session` where it is asked for. */
export function resolveAliases(databases: readonly Database[]): Alias[] {
  return databases.flatMap(({ name, sessionAlias }) => [
    ...(["rw", "ro"] as const).map((route) => ({ name: `${name}_${route}`, database: name, route, session: false })),
    ...(sessionAlias ? [{ name: `${name}_session`, database: name, route: "rw", session: true } as const] : []),
  ]);
}

/** Every slot of every database, sorted by name. A name that stands twice is there twice: a rule refuses it. */
export function resolveSlots(topology: ParsedTopology): LogicalSlot[] {
  return Object.entries(topology.databases)
    .flatMap(([database, { slots }]) => Object.entries(slots).map(([name, { plugin }]) => ({ name, database, plugin })))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
