import { layoutOf, PORTS } from "../layout.ts";
import { NODE_ROLES, type NodeRole } from "../roles.ts";
import { kibibytes } from "../schema/scalars.ts";
import type { ParsedTopology } from "../schema/schema.ts";
import { addressAt, hostNumberOf } from "./addresses.ts";
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

/** A node with one role gives its name to the member; with several, each member carries its role as well. */
export function memberName(node: string, roles: readonly NodeRole[], kind: NodeRole): string {
  return roles.length === 1 ? node : `${node}-${kind}`;
}

function publishedPorts(topology: ParsedTopology, kind: NodeRole, node: string, index: number, alone: boolean): PublishedPort[] {
  return SERVICES[kind].flatMap((row) => {
    const hostPort = topology.nodes[node]?.publish[row.service] ?? (row.first === null ? undefined : row.first + index * row.step);
    if (hostPort === undefined) return [];
    const hostAddress = row.zone === "front" ? topology.publish_address : "127.0.0.1";
    return [{ service: row.service, variable: publishVariable(row, node, alone), hostAddress, hostPort, port: PORTS[row.service] }];
  });
}

/** Host numbers of the members: counted from 11 in the order of the file, unless the node states its address. */
function hostNumbers(topology: ParsedTopology): Map<string, number> {
  const numbers = new Map<string, number>();
  let next = 11;
  for (const [name, node] of Object.entries(topology.nodes)) {
    const stated = node.address === undefined ? undefined : hostNumberOf(node.address, Object.values(topology.networks));
    for (const [index, kind] of NODE_ROLES.filter((role) => node.roles.includes(role)).entries()) {
      numbers.set(memberName(name, node.roles, kind), stated === undefined ? next++ : stated + index);
    }
  }
  return numbers;
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

/** Every member of one kind, in the order of the file. */
export function resolveMembers<Kind extends NodeRole>(topology: ParsedTopology, kind: Kind): Member<Kind>[] {
  const nodes = nodesWith(topology, kind);
  const numbers = hostNumbers(topology);
  return nodes.map(([nodeName, node], index) => {
    const name = memberName(nodeName, node.roles, kind);
    const published = publishedPorts(topology, kind, nodeName, index, nodes.length === 1);
    const forOperator = SERVICES[kind].some((row) => row.zone === "operator" && published.some(({ service }) => service === row.service));
    const networks: readonly NetworkName[] = forOperator ? [...NETWORKS[kind], "operator"] : NETWORKS[kind];
    const number = numbers.get(name) ?? 0;
    return {
      kind,
      name,
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
export function resolvePostgresql(topology: ParsedTopology): PostgresqlMember[] {
  return resolveMembers(topology, "postgresql").map((member) => ({
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
export function resolvePgbouncer(topology: ParsedTopology, balancers: readonly Member<"haproxy">[]): PgbouncerMember[] {
  return resolveMembers(topology, "pgbouncer").map((member, turn) => ({ ...member, balancer: balancerOf(member, turn, balancers) }));
}
