import { didYouMean } from "../nearest.ts";
import { containsNetwork } from "../resolve/cidr.ts";
import type { Topology } from "../resolve/topology.ts";
import { SERVICE_USERS, SYSTEM_ROLES } from "../roles.ts";
import type { TopologyPath } from "../diagnostic.ts";
import { error, listed, type TopologyRule, warning } from "./finding.ts";

const RESERVED_ROLES: Readonly<Record<string, string>> = {
  [SYSTEM_ROLES.superuser]: "it is the superuser, accepted on its own node only",
  [SYSTEM_ROLES.replication]: "Matriarch's replication uses it",
  [SYSTEM_ROLES.rewind]: "Matriarch runs pg_rewind with it",
  [SYSTEM_ROLES.lookup]: "PgBouncer looks up passwords with it",
  [SYSTEM_ROLES.monitor]: "Matriarch makes it to read statistics",
  [SERVICE_USERS.pgbouncerConsole]: "it is the user of PgBouncer's console",
  public: "in SQL it stands for every role",
  none: "in SQL it stands for no role",
  all: "in access rules it stands for every role",
  user: "in SQL it stands for the role of the session",
  current_user: "in SQL it stands for the role of the session",
  current_role: "in SQL it stands for the role of the session",
  session_user: "in SQL it stands for the role of the session",
};

function reservation(role: string): string | undefined {
  if (role.startsWith("pg_")) return "PostgreSQL keeps names that start with pg_ for itself";
  return Object.hasOwn(RESERVED_ROLES, role) ? RESERVED_ROLES[role] : undefined;
}

interface Mention {
  readonly role: string;
  readonly database: string;
  readonly path: TopologyPath;
}

/** Every place where a database names a role. The owner that it has by default is the database's own name. */
function mentionsIn(topology: Topology): Mention[] {
  return topology.databases.flatMap(({ name: database, owner, writers, readers, subscribers }) =>
    Object.entries({ owner: owner === null ? [] : [owner], writers, readers, subscribers }).flatMap(([key, roles]) =>
      roles.map((role) => ({ role, database, path: ["databases", database, key] })),
    ),
  );
}

export const reservedRoleName: TopologyRule = (topology) => {
  const declared = topology.logins
    .filter((login) => login.declared)
    .map(({ name }): Pick<Mention, "role" | "path"> => ({ role: name, path: ["roles", name] }));
  const mentioned = mentionsIn(topology);
  const defaults = new Set(mentioned.filter(({ role, database }) => role === database).map(({ role }) => role));
  return [...declared.filter(({ role }) => !defaults.has(role)), ...mentioned].flatMap(({ role, path }) => {
    const reason = reservation(role);
    if (reason === undefined) return [];
    return error(
      "reserved-role-name",
      path,
      `The applications cannot use the role "${role}": ${reason}.`,
      "Choose another name; a database without an owner is owned by a role of its own name.",
    );
  });
};

/** A misspelt role would be made, without the limits and sources that were meant for it. */
export const undeclaredRole: TopologyRule = (topology) => {
  const declared = topology.logins.filter((login) => login.declared).map(({ name }) => name);
  return mentionsIn(topology)
    .filter(({ role }) => !declared.includes(role) && reservation(role) === undefined)
    .map(({ role, database, path }) =>
      error(
        "undeclared-role",
        path,
        `Database ${database} names the role "${role}", which is not under \`roles\`.`,
        didYouMean(role, declared, `Add it, for example \`roles: { ${role}: {} }\`. Known are`),
      ),
    );
};

export const unusedRole: TopologyRule = (topology) =>
  topology.logins
    .filter(({ databases, system }) => databases.length === 0 && !system)
    .map(({ name }) =>
      warning(
        "unused-role",
        ["roles", name],
        `No database names the role "${name}": it can connect nowhere.`,
        "Name it as owner, writer, reader or subscriber of a database, or remove it.",
      ),
    );

/** IPv4 only: HAProxy listens on no other. */
export const roleSourceNotEnforced: TopologyRule = ({ haproxy, logins }) => {
  if (haproxy.length === 0) return [];
  const admitted = [...new Set(logins.flatMap(({ from }) => from))].filter((network) => !network.includes(":")).toSorted();
  return logins
    .filter(({ system }) => !system)
    .flatMap(({ name, from }) => {
      const others = admitted.filter((network) => !from.some((own) => containsNetwork(own, network)));
      if (others.length === 0) return [];
      return warning(
        "role-source-not-enforced",
        ["roles", name, "from"],
        `HAProxy also lets in who comes from ${listed(others)}, for other roles, and cannot see which role it is: from there "${name}" can log in past PgBouncer.`,
        "Close HAProxy's ports to those networks in a firewall, or give every role the same networks. PgBouncer does hold each role to its own.",
      );
    });
};
