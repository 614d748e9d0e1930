import { PORTS, SECRETS, SYSTEM_ROLES } from "@matriarch/topology";
import type { BundleMember } from "../../cluster/bundle.ts";
import { type Cluster, membersWith } from "../../cluster/cluster.ts";
import { environmentValue } from "../../cluster/environment.ts";
import { machineIdentity } from "../../cluster/identity.ts";
import { localQuery, primaryOf } from "../../cluster/nodes.ts";
import { withRelay } from "../../cluster/relay.ts";
import { failureCode, openSession, type SessionOptions } from "../../cluster/sessions.ts";
import type { Probe } from "../probe.ts";
import { type Answer, type Door, together, tryDoors } from "./door.ts";
import { loginsOf } from "./logins.ts";
import { directServices, logIn, operatorPorts, pooledServices, REFUSED_BY_HBA, REFUSED_BY_POOLER } from "./places.ts";
import { privileges } from "./privileges.ts";

/** Roles of the machinery: they have no password, so that none can be right. */
const MACHINES = [SYSTEM_ROLES.replication, SYSTEM_ROLES.rewind, SYSTEM_ROLES.lookup];

/** A service past the pooler, of which only the certificate and the role are used: the port is another. */
function anyDirect(cluster: Cluster): string {
  return directServices(cluster)[0] ?? "";
}

/** A session with PostgreSQL on a node as it is dialled from a member. */
function logInFrom(cluster: Cluster, from: BundleMember, host: string, options: SessionOptions): Promise<Answer> {
  return withRelay(cluster, { from, host, port: PORTS.postgresql }, (port) => logIn(cluster, anyDirect(cluster), { ...options, port }));
}

/** Who must not come in from the network, whatever it knows. */
function strangers(password: string, refusals: readonly string[], attempt: (options: SessionOptions) => Promise<Answer>): Door["attempts"] {
  return [SYSTEM_ROLES.superuser, ...MACHINES].map((user) => ({
    who: `${user} with the superuser's password`,
    refusals,
    attempt: () => attempt({ user, password }),
  }));
}

/** From every other member that reaches the node, by the node's own name. */
function inside(cluster: Cluster, password: string): Door[] {
  const { facts } = cluster;
  const nodes = membersWith(facts, "postgresql");
  return facts.members
    .filter(({ role }) => role !== "pgbouncer")
    .flatMap((from) => {
      const [node] = nodes.filter((candidate) => candidate !== from);
      if (!node) return [];
      return [
        {
          where: `${node.name}, dialled from ${from.name}`,
          control: () => logInFrom(cluster, from, node.name, {}),
          attempts: strangers(password, [REFUSED_BY_HBA], (options) => logInFrom(cluster, from, node.name, options)),
        },
      ];
    });
}

const superuser: Probe = {
  id: "access-superuser-outside",
  text: "The superuser and the roles of the machinery get in from nowhere but their own place, although the password is right there.",
  look: async (cluster) => {
    const password = await environmentValue(cluster.facts, SECRETS.superuser.variable);
    const through = (service: string, refusal: string): Door => ({
      where: service,
      control: () => logIn(cluster, service),
      attempts: strangers(password, [refusal], (options) => logIn(cluster, service, options)),
    });
    const atNode = membersWith(cluster.facts, "postgresql").map((node): Door => {
      const there = (host: string) => logInFrom(cluster, node, host, { user: SYSTEM_ROLES.superuser, password, identity: null });
      return {
        where: `${node.name}, dialled from itself`,
        // The very password that is refused everywhere else.
        control: () => there("127.0.0.1"),
        attempts: [{ who: "the superuser by the node's name", refusals: [REFUSED_BY_HBA], attempt: () => there(node.name) }],
      };
    });
    return tryDoors([
      ...directServices(cluster).map((service) => through(service, REFUSED_BY_HBA)),
      ...pooledServices(cluster).map((service) => through(service, REFUSED_BY_POOLER)),
      ...operatorPorts(cluster).map(({ node, port }): Door => ({
        where: `the operator's port of ${node.name}`,
        control: () => logIn(cluster, anyDirect(cluster), { port }),
        attempts: strangers(password, [REFUSED_BY_HBA], (options) => logIn(cluster, anyDirect(cluster), { ...options, port })),
      })),
      ...atNode,
      ...inside(cluster, password),
    ]);
  },
};

const passwords: Probe = {
  id: "access-passwords",
  text: "Every password opens what it is for, no wrong one does, and every stored one is a SCRAM verifier.",
  look: async (cluster) => {
    const doors = await Promise.all(
      loginsOf(cluster.facts).map(async ({ where, variable, refused, attempt }): Promise<Door> => {
        const right = await environmentValue(cluster.facts, variable);
        return {
          where,
          control: () => attempt(cluster, right),
          attempts: [{ who: "a wrong password", refusals: [refused], attempt: () => attempt(cluster, "wrong") }],
        };
      }),
    );
    const text = "SELECT rolname, rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolpassword IS NOT NULL";
    const stored = await localQuery(cluster, await primaryOf(cluster), text);
    const weak = stored.filter((row) => !row.endsWith("|t")).map((row) => `the password of ${row.split("|")[0]} is not a SCRAM verifier`);
    return together([await tryDoors(doors), { wrong: weak, evidence: { "stored passwords": stored.length } }]);
  },
};

/** Asks to stream WAL; `null` when the server agrees. */
function stream(cluster: Cluster, from: BundleMember, node: BundleMember, options: SessionOptions): Promise<Answer> {
  return withRelay(cluster, { from, host: node.name, port: PORTS.postgresql }, async (port) => {
    const ask = async () => {
      const session = await openSession(cluster.facts, anyDirect(cluster), { ...options, port, replication: true });
      try {
        await session.query("IDENTIFY_SYSTEM");
      } finally {
        await session.end();
      }
    };
    return failureCode(ask());
  });
}

const replication: Probe = {
  id: "access-replication",
  text: "The replication role streams and has no session in a database; nobody else streams.",
  look: async (cluster) => {
    const { facts } = cluster;
    const superuserPassword = await environmentValue(facts, SECRETS.superuser.variable);
    const refusals = [REFUSED_BY_HBA];
    const doors = membersWith(facts, "postgresql").map((node): Door => {
      const from = membersWith(facts, "postgresql").find((candidate) => candidate !== node) ?? node;
      // Roles with a certificate need no password; the driver wants one all the same.
      const machine = (user: string, certificate: string) => ({ user, identity: machineIdentity(from, certificate), password: "" });
      const replicator = machine(SYSTEM_ROLES.replication, "replication");
      const rewinder = machine(SYSTEM_ROLES.rewind, "rewind");
      const isOpen = (answers: readonly Answer[]) => answers.find((answer) => answer !== null) ?? null;
      return {
        where: `${node.name}, dialled from ${from.name}`,
        control: async () =>
          isOpen([
            await stream(cluster, from, node, replicator),
            await logInFrom(cluster, from, node.name, { ...rewinder, database: "postgres" }),
          ]),
        attempts: [
          {
            who: "the replication role in a database",
            refusals,
            attempt: () => logInFrom(cluster, from, node.name, { ...replicator, database: "postgres" }),
          },
          { who: "the rewind role that streams", refusals, attempt: () => stream(cluster, from, node, rewinder) },
          { who: "an application that streams", refusals, attempt: () => stream(cluster, from, node, {}) },
          {
            who: "the superuser that streams",
            refusals,
            attempt: () => stream(cluster, from, node, { user: SYSTEM_ROLES.superuser, password: superuserPassword }),
          },
          {
            who: "the replication role with the certificate of another",
            refusals: [REFUSED_BY_HBA, "28P01"],
            attempt: () => stream(cluster, from, node, machine(SYSTEM_ROLES.replication, "rewind")),
          },
        ],
      };
    });
    return tryDoors(doors);
  },
};

/** What must not be opened here. */
export const postgresqlAccess: readonly Probe[] = [superuser, passwords, replication, privileges];
