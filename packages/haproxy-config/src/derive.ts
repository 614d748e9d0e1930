import { addressOf, AUTHORITIES, CERTIFICATES, type Member, PORTS, type PostgresqlMember, type Topology } from "@matriarch/topology";
import { limitsOf } from "./limits.ts";
import type { Check, Descriptions, Directive, HaproxyFile, Node, UsersFile } from "./model.ts";
import { DEFAULTS } from "./settings/defaults.ts";

type HaproxyMember = Member<"haproxy">;

const USERLIST = "operators";

/** `true` is the bare keyword, `false` leaves the directive out; words are separated by spaces, and nothing else is special. */
function wordsOf(value: string | number | boolean): readonly string[] | null {
  if (typeof value === "boolean") return value ? [] : null;
  return String(value).split(" ").filter((word) => word !== "");
}

/** The defaults in their order, then what the topology adds, sorted; what it replaces stays in its place. */
function deriveDirectives(topology: Topology, member: HaproxyMember): Directive[] {
  const written = topology.parameters.haproxy;
  const added = Object.keys(written).filter((keyword) => !DEFAULTS.some((row) => row.keyword === keyword)).sort();
  const rows = [...DEFAULTS.map(({ keyword, words, why }) => ({ keyword, words: words(member), why })), ...added.map((keyword) => ({ keyword, words: [], why: "" }))];
  return rows.flatMap((row): Directive[] => {
    const value = written[row.keyword];
    if (value === undefined) return [row];
    const words = wordsOf(value);
    return words === null ? [] : [{ keyword: row.keyword, words, why: "From the topology's parameters.haproxy." }];
  });
}

/**
 * Networks that some login may come from, and the poolers, which are clients as well. IPv6 networks are left out:
 * HAProxy listens on IPv4, and would match an IPv4 client against ::/0 as a mapped address.
 */
function deriveClients(topology: Topology, poolers: readonly string[]): HaproxyFile["clients"] {
  const sources = topology.logins.flatMap(({ from }) => from).filter((network) => !network.includes(":"));
  if (sources.some((network) => network.endsWith("/0"))) return { limited: false, networks: [] };
  const loopback = "127.0.0.0/8";
  return { limited: true, networks: [loopback, ...poolers, ...[...new Set(sources)].sort()] };
}

function deriveNode(node: PostgresqlMember): Node {
  return {
    name: node.name,
    database: `${addressOf(node, "database")}:${PORTS.postgresql}`,
    pooled: `${addressOf(node, "pooled")}:${PORTS.postgresql}`,
  };
}

/** A node that is slow to answer is not yet a dead one: Patroni may take two intervals, connecting takes one at most. */
function deriveCheck({ timing }: Topology): Check {
  return {
    port: PORTS.patroni,
    interval: timing.checkIntervalMs,
    fastInterval: timing.checkFastIntervalMs,
    timeout: 2 * timing.checkIntervalMs,
    fall: timing.checkFall,
    rise: timing.checkRise,
  };
}

function describe({ scope, reads }: Topology): Descriptions {
  const lag = reads.maxLagKib % 1024 === 0 ? `${reads.maxLagKib / 1024} MiB` : `${reads.maxLagKib} KiB`;
  return {
    process: `PostgreSQL cluster ${scope}`,
    primary: "The primary",
    replicas: `Replicas that stream, at most ${lag} behind`,
    primaryReads: "The primary, for reads: no replica is good enough",
    stale: `STALE READS: no primary and no streaming replica, the limit of ${lag} is waived`,
  };
}

/** What one HAProxy is to do. */
export function deriveHaproxy(topology: Topology, member: HaproxyMember): HaproxyFile {
  const { layout, name } = member;
  const { process, port, stats } = limitsOf(topology);
  const poolers = topology.pgbouncer.map((pooler) => addressOf(pooler, "front")).sort();
  const certificate = (base: string) => ({ certificate: `${layout.pki}/${base}.crt`, key: `${layout.pki}/${base}.key` });
  return {
    cluster: topology.scope,
    member: name,
    descriptions: describe(topology),
    socket: `${layout.run}/admin.sock`,
    directives: deriveDirectives(topology, member),
    limits: { process, port, stats },
    ports: { rw: PORTS.rw, ro: PORTS.ro, stats: PORTS.stats },
    clients: deriveClients(topology, poolers),
    poolers,
    nodes: topology.postgresql.map(deriveNode),
    check: deriveCheck(topology),
    files: {
      authority: `${layout.pki}/${AUTHORITIES.cluster}.crt`,
      restClient: certificate(CERTIFICATES.haproxy.restClient),
      stats: certificate(CERTIFICATES.haproxy.stats),
    },
    maxLagBytes: topology.reads.maxLagKib * 1024,
    primaryServesReads: topology.reads.primaryAsFallback,
    userlist: USERLIST,
  };
}

export function deriveUsers(topology: Topology, password: string): UsersFile {
  return { userlist: USERLIST, user: topology.balancer.adminUser, password };
}
