import { layoutOf, PORTS } from "../layout.ts";
import { type Identity, type Ledger, memberId } from "../ledger/ledger.ts";
import type { NodeRole } from "../roles.ts";
import { kibibytes } from "../schema/scalars.ts";
import type { ParsedTopology } from "../schema/schema.ts";
import { addressAt } from "./addresses.ts";
import { publishVariable, PUBLISHED_SERVICES, SERVICES } from "./services.ts";
import type { Member, NetworkName, Node, PgbouncerMember, PostgresqlMember, PublishedPort } from "./topology.ts";

type ParsedNode = ParsedTopology["nodes"][string];

/** Which networks a daemon joins: it reaches what it has business with, and nothing else. */
const NETWORKS: Record<NodeRole, readonly NetworkName[]> = {
  etcd: ["dcs"],
  postgresql: ["dcs", "database", "pooled"],
  haproxy: ["front", "database", "pooled"],
  pgbouncer: ["front"],
};

const RESOURCES: Record<NodeRole, { memory: string; cpus: number }> = {
  etcd: { memory: "512MiB", cpus: 1 },
  postgresql: { memory: "1GiB", cpus: 2 },
  haproxy: { memory: "256MiB", cpus: 1 },
  pgbouncer: { memory: "256MiB", cpus: 1 },
};

/** Nodes that have a role, in the order of the file. */
function nodesWith(topology: ParsedTopology, kind: NodeRole): [string, ParsedNode][] {
  return Object.entries(topology.nodes).filter(([, node]) => node.roles.includes(kind));
}

function publishedPorts(topology: ParsedTopology, kind: NodeRole, node: string, index: number, alone: boolean): PublishedPort[] {
  return SERVICES[kind].flatMap((row) => {
    const hostPort = topology.nodes[node]?.publish[row.service] ?? (row.first === null ? undefined : row.first + index * row.step);
    if (hostPort === undefined) return [];
    const hostAddress = row.zone === "front" ? topology.publish_address : "127.0.0.1";
    return [{ service: row.service, variable: publishVariable(row, node, alone), hostAddress, hostPort, port: PORTS[row.service] }];
  });
}

function datacenterOf(topology: ParsedTopology, node: ParsedNode): string {
  return node.datacenter ?? topology.datacenters[0] ?? "";
}

/** Every node, in the order of the file. */
export function resolveNodes(topology: ParsedTopology): Node[] {
  return Object.entries(topology.nodes).map(([name, node]) => ({
    name,
    roles: node.roles,
    datacenter: datacenterOf(topology, node),
    address: node.address ?? null,
    memoryKib: node.resources.memory === undefined ? null : kibibytes(node.resources.memory),
    publishes: PUBLISHED_SERVICES.filter((service) => node.publish[service] !== undefined),
  }));
}

function identityOf(ledger: Ledger, id: string): Identity {
  const identity = ledger.get(id);
  if (identity === undefined) throw new RangeError(`${id} has no row in the ledger`);
  return identity;
}

/** Every member of one kind, in the order of the file. `ledger` has a row for each. */
export function resolveMembers<Kind extends NodeRole>(topology: ParsedTopology, ledger: Ledger, kind: Kind): Member<Kind>[] {
  const nodes = nodesWith(topology, kind);
  return nodes.map(([nodeName, node], index) => {
    const id = memberId(nodeName, kind);
    const { name, instance, volume, number } = identityOf(ledger, id);
    const published = publishedPorts(topology, kind, nodeName, index, nodes.length === 1);
    const forOperator = SERVICES[kind].some((row) => row.zone === "operator" && published.some(({ service }) => service === row.service));
    const networks: readonly NetworkName[] = forOperator ? [...NETWORKS[kind], "operator"] : NETWORKS[kind];
    return {
      kind,
      id,
      name,
      instance,
      volume,
      node: nodeName,
      datacenter: datacenterOf(topology, node),
      addresses: Object.fromEntries(networks.map((network) => [network, addressAt(topology.networks[network], number)])),
      memoryKib: kibibytes(node.resources.memory ?? RESOURCES[kind].memory),
      cpus: node.resources.cpus ?? RESOURCES[kind].cpus,
      layout: layoutOf(topology.target, kind, name),
      published,
    };
  });
}

/** The PostgreSQL members, with what Patroni may do with each. */
export function resolvePostgresql(topology: ParsedTopology, ledger: Ledger): PostgresqlMember[] {
  return resolveMembers(topology, ledger, "postgresql").map((member) => ({
    ...member,
    promotable: topology.nodes[member.node]?.promotable ?? true,
    synchronous: topology.nodes[member.node]?.synchronous ?? true,
  }));
}

/**
 * The balancer that a pooler uses: that of its own node, or else one of its datacenter; neighbours take turns. One and
 * not a list: PgBouncer 1.24 compares the whole list with the name in the certificate, so that verify-full fails
 * (pgbouncer#1300).
 */
function balancerOf(pooler: Member, turn: number, balancers: readonly Member<"haproxy">[]): string | null {
  const distanceTo = ({ node, datacenter }: Member) => (node === pooler.node ? 0 : datacenter === pooler.datacenter ? 1 : 2);
  const shortest = Math.min(...balancers.map(distanceTo));
  const nearest = balancers.filter((balancer) => distanceTo(balancer) === shortest);
  return nearest[turn % nearest.length]?.name ?? null;
}

/** The poolers, each with its balancer. */
export function resolvePgbouncer(topology: ParsedTopology, ledger: Ledger, balancers: readonly Member<"haproxy">[]): PgbouncerMember[] {
  return resolveMembers(topology, ledger, "pgbouncer").map((member, turn) => ({
    ...member,
    balancer: balancerOf(member, turn, balancers),
  }));
}
