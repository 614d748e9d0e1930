import { CERTIFICATES, type Member, type NodeRole, type Topology } from "@matriarch/topology";

/** Somebody dials a name, and compares it with the certificate that answers. */
export interface Dial {
  readonly who: string;
  /** The names that are dialled; `null`: nobody can say which. */
  readonly names: readonly string[] | null;
  /** The certificate that answers: path below `pki`, as in its request. */
  readonly certificate: string;
}

interface DialRow {
  readonly who: string;
  readonly server: NodeRole;
  /** Base name of the certificate that answers. */
  readonly certificate: string;
  readonly names: (topology: Topology, server: Member) => Dial["names"];
}

const EVERY_ADDRESS = "0.0.0.0";

const itsName = (_: Topology, { name }: Member): string[] => [name];
const itself = (): string[] => ["localhost", "127.0.0.1"];
const balancers = ({ haproxy }: Topology): string[] => haproxy.map(({ name }) => name);

/** Clients dial the address on which the host publishes; where that is every address, only `tls.names` can tell which. */
function outside({ publishAddress, tls }: Topology): Dial["names"] {
  if (publishAddress !== EVERY_ADDRESS) return [publishAddress, ...tls.names];
  return tls.names.length === 0 ? null : tls.names;
}

const { etcd, postgresql, haproxy, pgbouncer } = CERTIFICATES;
const CLIENTS = "clients of other machines";

/** Who dials whom by what. PgBouncer and clients of HAProxy meet PostgreSQL's certificate: TLS passes through the balancer. */
const DIALS: readonly DialRow[] = [
  { who: "etcd", server: "etcd", certificate: etcd.peer, names: itsName },
  { who: "Patroni", server: "etcd", certificate: etcd.server, names: itsName },
  { who: "etcd's own gateway and scripts", server: "etcd", certificate: etcd.server, names: itself },
  { who: "Patroni and HAProxy's checks", server: "postgresql", certificate: postgresql.rest, names: itsName },
  { who: "the health check of the node", server: "postgresql", certificate: postgresql.rest, names: itself },
  { who: "replication and pg_rewind", server: "postgresql", certificate: postgresql.server, names: itsName },
  { who: "the operator on the node", server: "postgresql", certificate: postgresql.server, names: itself },
  { who: "PgBouncer", server: "postgresql", certificate: postgresql.server, names: balancers },
  { who: CLIENTS, server: "postgresql", certificate: postgresql.server, names: outside },
  { who: "the health check of the balancer", server: "haproxy", certificate: haproxy.stats, names: itself },
  { who: CLIENTS, server: "haproxy", certificate: haproxy.stats, names: outside },
  { who: "clients in the cluster's networks", server: "pgbouncer", certificate: pgbouncer.server, names: itsName },
  { who: CLIENTS, server: "pgbouncer", certificate: pgbouncer.server, names: outside },
];

/** Everything in the cluster that dials a name, server by server. */
export function dialsOf(topology: Topology): Dial[] {
  return DIALS.flatMap(({ who, server, certificate, names }) =>
    topology[server].map((member) => ({ who, names: names(topology, member), certificate: `${member.name}/${certificate}` })),
  );
}
