import { type Authority, CERTIFICATES, type Member, type NodeRole, SYSTEM_ROLES, type Topology } from "@matriarch/topology";
import type { Use } from "./model.ts";

/** One certificate that every member of a kind has. */
interface Profile {
  /** Base name in the member's folder. */
  readonly name: string;
  readonly authority: Authority;
  readonly uses: readonly Use[];
  readonly commonName: (member: Member) => string | null;
  readonly names: (topology: Topology, member: Member) => readonly string[];
}

/** What the members of a kind have, and the authorities by which they know others. */
export interface MemberProfile {
  readonly authorities: readonly Authority[];
  readonly certificates: readonly Profile[];
}

const LOOPBACK = ["localhost", "127.0.0.1"];
const EVERY_ADDRESS = "0.0.0.0";

const itself = (_: Topology, member: Member): string[] => [member.name];
const itsName = (member: Member): string => member.name;
const nobody = (): null => null;
const role = (name: string) => (): string => name;

const own = (_: Topology, member: Member): string[] => [member.name, ...LOOPBACK];

/** Itself, and what clients dial from outside. */
function published(topology: Topology, member: Member): string[] {
  const outside = topology.publishAddress === EVERY_ADDRESS ? [] : [topology.publishAddress];
  return [...own(topology, member), ...outside, ...topology.tls.names];
}

/**
 * Who gets which certificate.
 *
 * A client certificate of the cluster's authority has a common name only when it is that of a PostgreSQL role: the name
 * is what PostgreSQL's `cert` and `verify-full` compare. Machines that only show that they belong have none, so a node
 * that somebody calls `replicator` gets no certificate of that role.
 */
export const PROFILES: Readonly<Record<NodeRole, MemberProfile>> = {
  etcd: {
    authorities: ["etcd", "etcdPeer"],
    certificates: [
      {
        // etcd's gateway dials its own server with this certificate: hence the client's use, and no common name, for
        // etcd takes the common name of a client as its user and refuses it at the gateway.
        name: CERTIFICATES.etcd.server,
        authority: "etcd",
        uses: ["server", "client"],
        commonName: nobody,
        names: (topology, member) => [...own(topology, member), ...Object.values(member.addresses)],
      },
      {
        // Peers are both ends. etcd compares the address of the one that dials with the names on its certificate.
        name: CERTIFICATES.etcd.peer,
        authority: "etcdPeer",
        uses: ["server", "client"],
        commonName: nobody,
        names: (_, member) => [member.name, ...(member.addresses.dcs === undefined ? [] : [member.addresses.dcs])],
      },
    ],
  },
  postgresql: {
    authorities: ["cluster", "etcd"],
    certificates: [
      {
        // TLS goes through the balancers to the end, so clients compare the name of the balancer that they dialled.
        name: CERTIFICATES.postgresql.server,
        authority: "cluster",
        uses: ["server"],
        commonName: itsName,
        names: (topology, member) => [...published(topology, member), ...topology.haproxy.map(({ name }) => name)],
      },
      { name: CERTIFICATES.postgresql.rest, authority: "cluster", uses: ["server"], commonName: itsName, names: own },
      { name: CERTIFICATES.postgresql.restClient, authority: "cluster", uses: ["client"], commonName: nobody, names: itself },
      // etcd's gateway, which Patroni always uses, refuses every client certificate that has a common name.
      { name: CERTIFICATES.postgresql.etcdClient, authority: "etcd", uses: ["client"], commonName: nobody, names: itself },
      {
        name: CERTIFICATES.postgresql.replication,
        authority: "cluster",
        uses: ["client"],
        commonName: role(SYSTEM_ROLES.replication),
        names: itself,
      },
      {
        name: CERTIFICATES.postgresql.rewind,
        authority: "cluster",
        uses: ["client"],
        commonName: role(SYSTEM_ROLES.rewind),
        names: itself,
      },
    ],
  },
  haproxy: {
    authorities: ["cluster"],
    certificates: [
      { name: CERTIFICATES.haproxy.stats, authority: "cluster", uses: ["server"], commonName: itsName, names: published },
      { name: CERTIFICATES.haproxy.restClient, authority: "cluster", uses: ["client"], commonName: nobody, names: itself },
    ],
  },
  pgbouncer: {
    authorities: ["cluster"],
    certificates: [
      { name: CERTIFICATES.pgbouncer.server, authority: "cluster", uses: ["server"], commonName: itsName, names: published },
      // PgBouncer shows it on every server connection; for the lookup role it takes the place of a password.
      { name: CERTIFICATES.pgbouncer.lookup, authority: "cluster", uses: ["client"], commonName: role(SYSTEM_ROLES.lookup), names: itself },
    ],
  },
};

/**
 * The authorities in the order in which they are made, with their common names. The cluster's name is their
 * organization: it may have 63 characters, and a common name ends at 64 (`ub-common-name`).
 */
export const AUTHORITY_PROFILES: readonly { readonly authority: Authority; readonly commonName: string }[] = [
  { authority: "cluster", commonName: "Matriarch cluster CA" },
  { authority: "etcd", commonName: "Matriarch etcd CA" },
  { authority: "etcdPeer", commonName: "Matriarch etcd peer CA" },
];
