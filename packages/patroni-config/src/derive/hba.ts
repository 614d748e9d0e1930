import { addressOf, type Login, MAINTENANCE_DATABASE, type NetworkName, SYSTEM_ROLES, type Topology } from "@matriarch/topology";
import type { HbaRow, HbaSection, HbaWord } from "../model.ts";

/** Name of the map in pg_ident.conf by which the daemon's own user may be the replication role on the socket. */
export const IDENT_MAP = "patroni";

const ALL: HbaWord = { keyword: "all" };
const REPLICATION: HbaWord = { keyword: "replication" };
const EVERY_ADDRESS = "all";
const BOTH_FAMILIES = ["0.0.0.0/0", "::/0"];

const named = (...names: string[]): HbaWord[] => names.map((name) => ({ name }));
const addresses = (members: Topology["postgresql"] | Topology["haproxy"], network: NetworkName) =>
  members.map((member) => `${addressOf(member, network)}/32`).toSorted();

/** `all` does not mean replication in the column of databases, so both are named. */
const reject = (...roles: string[]): HbaRow => ({
  type: "host",
  databases: [ALL, REPLICATION],
  users: named(...roles),
  address: EVERY_ADDRESS,
  method: "reject",
});

function superuserRows(): HbaSection {
  const { superuser } = SYSTEM_ROLES;
  return {
    comment: [
      "The superuser: on the node itself, nowhere else. The socket knows the user of the operating system; 127.0.0.1 asks",
      "for the password over TLS, and for no certificate: who stands on the node could as well use the socket.",
    ],
    rows: [
      { type: "local", databases: [ALL, REPLICATION], users: named(superuser), address: null, method: "peer" },
      { type: "hostssl", databases: [ALL], users: named(superuser), address: "127.0.0.1/32", method: "scram-sha-256" },
      reject(superuser),
    ],
  };
}

function replicationRows(topology: Topology): HbaSection {
  const { replication, rewind } = SYSTEM_ROLES;
  const peers = addresses(topology.postgresql, "database");
  return {
    comment: [
      "Replication and pg_rewind: between the nodes, by certificate. On the socket Patroni asks its own PostgreSQL for the",
      "timeline as the replication role.",
    ],
    rows: [
      {
        type: "local",
        databases: [REPLICATION],
        users: named(replication),
        address: null,
        method: "peer",
        option: { name: "map", value: IDENT_MAP },
      },
      ...peers.map((address): HbaRow => ({
        type: "hostssl",
        databases: [REPLICATION],
        users: named(replication),
        address,
        method: "cert",
      })),
      ...peers.map((address): HbaRow => ({
        type: "hostssl",
        databases: named(MAINTENANCE_DATABASE),
        users: named(rewind),
        address,
        method: "cert",
      })),
      reject(replication, rewind),
    ],
  };
}

function lookupRows(topology: Topology, pooled: readonly string[]): HbaSection {
  const { lookup } = SYSTEM_ROLES;
  const databases = named(...topology.databases.map((database) => database.name));
  return {
    comment: ["PgBouncer's lookup of passwords: on the pooler's lane, by certificate."],
    rows: [
      ...pooled.map((address): HbaRow => ({ type: "hostssl", databases, users: named(lookup), address, method: "cert" })),
      reject(lookup),
    ],
  };
}

/** The networks of a login, with both whole families as one word. */
function sources(from: readonly string[]): string[] {
  return BOTH_FAMILIES.every((family) => from.includes(family)) ? [EVERY_ADDRESS] : from.toSorted();
}

function loginRows(topology: Topology, login: Login, pooled: readonly string[]): HbaRow[] {
  if (login.databases.length === 0) return [];
  const base = { type: "hostssl", databases: named(...login.databases), users: named(login.name), method: "scram-sha-256" } as const;
  const direct = [...new Set([...addresses(topology.haproxy, "database"), ...sources(login.from)])];
  return [
    ...pooled.map((address): HbaRow => ({ ...base, address, option: { name: "clientcert", value: "verify-ca" } })),
    ...(direct.includes(EVERY_ADDRESS) ? [EVERY_ADDRESS] : direct).map((address): HbaRow =>
      topology.tls.clientCertificates ? { ...base, address, option: { name: "clientcert", value: "verify-full" } } : { ...base, address },
    ),
  ];
}

function applicationComment(topology: Topology, pooled: readonly string[]): string[] {
  const lane = "The pooler's lane comes first: there the certificate is PgBouncer's, whose name is not the role's.";
  const balancer = "Behind HAProxy a client has HAProxy's address: its own is checked only where it connects without it.";
  return ["Applications.", ...(pooled.length === 0 ? [] : [lane]), ...(topology.haproxy.length === 0 ? [] : [balancer])];
}

/**
 * Who may connect, in an order that matters: the first line that fits decides. Roles of the cluster itself come first and
 * end in a line that refuses them, so that no network an application may come from can open a way for them.
 */
export function deriveHba(topology: Topology): HbaSection[] {
  const pooled = topology.pgbouncer.length === 0 ? [] : addresses(topology.haproxy, "pooled");
  return [
    superuserRows(),
    replicationRows(topology),
    lookupRows(topology, pooled),
    {
      comment: applicationComment(topology, pooled),
      rows: topology.logins.flatMap((login) => loginRows(topology, login, pooled)),
    },
    {
      comment: ["Everything else, and everything without TLS."],
      rows: [
        { type: "local", databases: [ALL, REPLICATION], users: [ALL], address: null, method: "reject" },
        { type: "host", databases: [ALL, REPLICATION], users: [ALL], address: EVERY_ADDRESS, method: "reject" },
      ],
    },
  ];
}
