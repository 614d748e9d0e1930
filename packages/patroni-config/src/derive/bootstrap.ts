import { type Database, SYSTEM_ROLES, type Topology } from "@matriarch/topology";
import type { BootstrapPlan, DatabasePlan, RolePlan } from "../model.ts";
import { extensionGrants, extensionPlans } from "./extensions.ts";

function systemRole(name: string, replication: boolean): RolePlan {
  return { name, replication, password: false, connectionLimit: null, memberOf: [] };
}

function loginRole(login: Topology["logins"][number]): RolePlan {
  return {
    name: login.name,
    replication: login.replication,
    password: true,
    connectionLimit: login.connectionLimit,
    memberOf: login.name === SYSTEM_ROLES.monitor ? ["pg_monitor"] : [],
  };
}

function databasePlan(topology: Topology, database: Database): DatabasePlan {
  const publicUsers = [...database.connectable, ...database.subscribers].filter((role) => role !== database.owner).toSorted();
  // pg_rewind and Patroni's checks of the primary go to the maintenance database, the pooler's lookup to every one.
  const system = database.owner === null ? [SYSTEM_ROLES.rewind, SYSTEM_ROLES.lookup] : [SYSTEM_ROLES.lookup];
  return {
    name: database.name,
    owner: database.owner,
    extensions: extensionPlans(topology, database.name),
    extensionGrants: extensionGrants(topology, database.name, database.owner, publicUsers),
    writers: database.writers,
    // A subscriber copies the tables before it streams their changes.
    readers: [...database.readers, ...database.subscribers].filter((role) => !database.writers.includes(role)).toSorted(),
    connect: [...publicUsers, ...system].toSorted(),
    publicUsers,
  };
}

/** Roles, databases and privileges that the topology asks for. */
export function deriveBootstrap(topology: Topology): BootstrapPlan {
  const { superuser, replication, rewind, lookup } = SYSTEM_ROLES;
  return {
    superuser,
    lookup,
    rewind,
    roles: [systemRole(replication, true), systemRole(rewind, false), systemRole(lookup, false), ...topology.logins.map(loginRole)],
    databases: topology.databases.map((database) => databasePlan(topology, database)),
  };
}
