import {
  addressOf,
  AUTHORITIES,
  CERTIFICATES,
  CHECK_TIMEOUT_INTERVALS,
  type Member,
  PORTS,
  type PostgresqlMember,
  type Topology,
  writtenSettings,
} from "@matriarch/topology";
import { IDLE_HOURS, limitsOf } from "./limits.ts";
import type { CancelScript, Check, Descriptions, Directive, HaproxyFile, Node, UsersFile } from "./model.ts";
import { wordsOf } from "./parameter.ts";
import { DEFAULTS } from "./settings/defaults.ts";
import { DIALECT } from "./settings/dialect.ts";
import { SETTINGS } from "./settings/index.ts";

type HaproxyMember = Member<"haproxy">;

const USERLIST = "operators";

/** Base name of the script that haproxy.cfg loads. */
export const CANCEL_SCRIPT = "cancel.lua";

const FROM_TOPOLOGY = "From parameters.haproxy of the topology.";

/** The defaults in their order, each replaced in its place where the topology says so; then what it adds, sorted. */
function deriveDirectives(topology: Topology, member: HaproxyMember): Directive[] {
  const directives = new Map(
    DEFAULTS.map(({ key, value, why }): [string, Directive] => [key, { keyword: key, words: value?.({ member }) ?? [], why }]),
  );
  for (const { key, value } of writtenSettings(DIALECT, SETTINGS, topology)) {
    const words = wordsOf(value);
    if (words === null) directives.delete(key);
    else directives.set(key, { keyword: key, words, why: FROM_TOPOLOGY });
  }
  return [...directives.values()];
}

/**
 * Networks that some login may come from, and the poolers, which are clients as well. IPv6 networks are left out:
 * HAProxy listens on IPv4, and would match an IPv4 client against ::/0 as a mapped address.
 */
function deriveClients(topology: Topology, poolers: readonly string[]): HaproxyFile["clients"] {
  const sources = topology.logins.flatMap(({ from }) => from).filter((network) => !network.includes(":"));
  if (sources.some((network) => network.endsWith("/0"))) return { limited: false, networks: [] };
  const loopback = "127.0.0.0/8";
  return { limited: true, networks: [loopback, ...poolers, ...[...new Set(sources)].toSorted()] };
}

function deriveNode(node: PostgresqlMember): Node {
  return {
    name: node.instance,
    host: node.name,
    database: `${addressOf(node, "database")}:${PORTS.postgresql}`,
    pooled: `${addressOf(node, "pooled")}:${PORTS.postgresql}`,
  };
}

function deriveCheck({ timing }: Topology): Check {
  return {
    port: PORTS.patroni,
    interval: timing.checkIntervalMs,
    fastInterval: timing.checkFastIntervalMs,
    timeout: CHECK_TIMEOUT_INTERVALS * timing.checkIntervalMs,
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
  const poolers = topology.pgbouncer.map((pooler) => addressOf(pooler, "front")).toSorted();
  const certificate = (base: string) => ({ certificate: `${layout.pki}/${base}.crt`, key: `${layout.pki}/${base}.key` });
  return {
    cluster: topology.scope,
    member: name,
    descriptions: describe(topology),
    socket: `${layout.run}/admin.sock`,
    stateFile: `${layout.run}/servers.state`,
    cancelScript: `${layout.config}/${CANCEL_SCRIPT}`,
    directives: deriveDirectives(topology, member),
    limits: { process, port, stats },
    ports: { rw: PORTS.rw, ro: PORTS.ro, stats: PORTS.stats },
    clients: deriveClients(topology, poolers),
    poolers,
    nodes: topology.postgresql.map(deriveNode),
    idleHours: IDLE_HOURS,
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

/** Where a request to cancel a query is sent: to all, since nobody but its server knows whose it is. */
export function deriveCancel(topology: Topology): CancelScript {
  return { nodes: topology.postgresql.map((node) => ({ address: addressOf(node, "database"), port: PORTS.postgresql })) };
}
