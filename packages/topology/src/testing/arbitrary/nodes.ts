import fc from "fast-check";
import { memberName } from "../../ledger/assign.ts";
import { SERVICES } from "../../resolve/services.ts";
import { NODE_ROLES, type NodeRole } from "../../roles.ts";
import { topologySchema, type WrittenTopology } from "../../schema/schema.ts";
import { name, replicationLag } from "./values.ts";

/** What is drawn for one node; roles that every cluster needs are given out afterwards. */
interface NodeDraw {
  readonly name: string;
  readonly roles: readonly NodeRole[];
  readonly datacenter: number;
  readonly promotable: boolean;
  readonly synchronous: boolean;
  readonly short: boolean;
  readonly cpus: number | undefined;
  readonly memory: string | undefined;
  readonly publishes: boolean;
}

/** Where nodes stand: the part of a topology in which numbers of nodes limit what else may be written. */
export interface Site {
  readonly written: Pick<WrittenTopology, "nodes"> &
    Partial<Pick<WrittenTopology, "datacenters" | "networks" | "publish_address" | "replication">>;
  readonly poolers: number;
}

const NEEDED: readonly NodeRole[] = ["etcd", "postgresql", "haproxy"];

const nodeDraw: fc.Arbitrary<NodeDraw> = fc.record({
  name,
  roles: fc.oneof(
    fc.constantFrom(...NODE_ROLES).map((role) => [role]),
    fc.shuffledSubarray([...NODE_ROLES], { minLength: 1 }),
  ),
  datacenter: fc.nat(),
  promotable: fc.boolean(),
  synchronous: fc.boolean(),
  short: fc.boolean(),
  cpus: fc.constantFrom(undefined, 0.5, 2, 16),
  memory: fc.constantFrom(undefined, "1GiB", "2GiB", "64GiB"),
  publishes: fc.boolean(),
});

function withoutPoolers(draws: readonly NodeDraw[]): NodeDraw[] {
  return draws
    .map((node) => ({ ...node, roles: node.roles.filter((role) => role !== "pgbouncer") }))
    .map((node) => (node.roles.length === 0 ? { ...node, roles: ["postgresql"] } : node));
}

function withNeededRoles(draws: readonly NodeDraw[]): NodeDraw[] {
  return NEEDED.reduce<NodeDraw[]>(
    (nodes, role, place) =>
      nodes.some(({ roles }) => roles.includes(role))
        ? nodes
        : nodes.map((node, index) => (index === place % nodes.length ? { ...node, roles: [...node.roles, role] } : node)),
    [...draws],
  );
}

function withPrimary(draws: readonly NodeDraw[]): NodeDraw[] {
  const nodes = draws.filter(({ roles }) => roles.includes("postgresql"));
  const chosen = nodes.find(({ promotable }) => promotable) ?? nodes[0];
  return draws.map((node) => (node === chosen ? { ...node, promotable: true } : node));
}

/** A short form takes every default, so these nodes are both promotable and synchronous. */
function isEligible(node: NodeDraw, quality: "promotable" | "synchronous"): boolean {
  return node.roles.includes("postgresql") && (node.short || node[quality]);
}

/** The most standbys that can be synchronous beside one primary. */
function eligibleStandbys(nodes: readonly NodeDraw[]): number {
  const primaries = nodes.filter((node) => isEligible(node, "promotable"));
  return Math.max(0, ...primaries.map((primary) => nodes.filter((node) => node !== primary && isEligible(node, "synchronous")).length));
}

function publishedPorts(node: NodeDraw, index: number): Record<string, number> {
  const services = node.roles.flatMap((role) => SERVICES[role].map(({ service }) => service));
  return Object.fromEntries(services.map((service, place) => [service, 20_000 + 20 * index + place]));
}

type Networks = NonNullable<WrittenTopology["networks"]>;
type NetworkName = keyof Networks;
const NETWORK_NAMES = Object.keys(topologySchema.shape.networks.unwrap().shape) as NetworkName[];

/** Some of the networks, side by side; those left out keep their defaults. */
const networksDraw: fc.Arbitrary<Networks> = fc
  .record({
    base: fc.integer({ min: 0, max: 255 }),
    prefix: fc.constantFrom(22, 24),
    names: fc.oneof(fc.constant(NETWORK_NAMES), fc.subarray(NETWORK_NAMES, { minLength: 1 })),
  })
  .map(({ base, prefix, names }) =>
    Object.fromEntries(names.map((network, index) => [network, `10.${base}.${index * (prefix === 24 ? 1 : 4)}.0/${prefix}`])),
  );

interface Placing {
  readonly datacenters: readonly string[];
  /** The networks that are written, if any. */
  readonly networks: Networks | undefined;
  readonly stated: boolean;
}

/** An address in the first network that is written, or in one of the default ones. */
function statedAddress(networks: Networks | undefined, host: number): string {
  const [network = "172.28.1.0/24"] = Object.values(networks ?? {});
  return network.replace(/\.\d+\/\d+$/, `.${host}`);
}

function resourcesOf({ cpus, memory }: NodeDraw): { readonly cpus?: number; readonly memory?: string } {
  return { ...(cpus === undefined ? {} : { cpus }), ...(memory === undefined ? {} : { memory }) };
}

function writtenNode(node: NodeDraw, index: number, { datacenters, networks, stated }: Placing): WrittenTopology["nodes"][string] {
  if (node.short && !stated) return [...node.roles];
  const datacenter = datacenters[node.datacenter % datacenters.length];
  return {
    roles: [...node.roles],
    ...(datacenters.length > 1 && datacenter !== undefined ? { datacenter } : {}),
    ...(stated ? { address: statedAddress(networks, 20 + 5 * index) } : {}),
    ...(node.short ? {} : { promotable: node.promotable, synchronous: node.synchronous }),
    ...(node.cpus === undefined && node.memory === undefined ? {} : { resources: resourcesOf(node) }),
    ...(node.publishes ? { publish: publishedPorts(node, index) } : {}),
  };
}

/** No two members share a name, although `<node>-<role>` may be what another node is called. */
function hasUniqueMembers(nodes: readonly NodeDraw[]): boolean {
  const names = nodes.flatMap((node) => node.roles.map((role) => memberName(node.name, node.roles, role)));
  return new Set(names).size === names.length;
}

const replicationDraw = fc.record(
  {
    mode: fc.constantFrom(...topologySchema.shape.replication.unwrap().shape.mode.unwrap().options),
    synchronous_standbys: fc.nat(),
    strict: fc.boolean(),
    max_lag_on_failover: replicationLag,
  },
  { requiredKeys: [] },
);

type Replication = NonNullable<WrittenTopology["replication"]>;

/** Waits for no more standbys than there can be. */
function keptBy(
  nodes: readonly NodeDraw[],
  { mode: drawnMode, synchronous_standbys: standbys, max_lag_on_failover: lag, ...draw }: Replication,
): Replication {
  const eligible = Math.min(10, eligibleStandbys(nodes));
  const mode = eligible === 0 && drawnMode !== undefined ? "asynchronous" : drawnMode;
  const waits = mode === "synchronous" || mode === "quorum";
  return {
    ...draw,
    ...(mode === undefined ? {} : { mode }),
    // A limit on the lag must not keep a synchronous standby from taking over.
    ...(lag === undefined ? {} : { max_lag_on_failover: waits ? "2TiB" : lag }),
    ...(standbys === undefined ? {} : { synchronous_standbys: 1 + (standbys % Math.max(1, eligible)) }),
  };
}

/** Nodes of any number, size and place, with a replication that they can keep. */
export const site: fc.Arbitrary<Site> = fc
  .record({
    draws: fc.uniqueArray(nodeDraw, { minLength: 1, maxLength: 9, selector: (node) => node.name }),
    datacenters: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    networks: fc.option(networksDraw, { nil: undefined }),
    stated: fc.boolean(),
    pooled: fc.nat(3).map((draw) => draw > 0),
    publishAddress: fc.constantFrom(undefined, "0.0.0.0", "192.0.2.10"),
    replication: fc.option(replicationDraw, { nil: undefined }),
  })
  .map((draw) => ({ ...draw, nodes: withPrimary(withNeededRoles(draw.pooled ? draw.draws : withoutPoolers(draw.draws))) }))
  .filter(({ nodes }) => hasUniqueMembers(nodes))
  .map(({ nodes, replication, publishAddress, ...placing }) => {
    return {
      written: {
        nodes: Object.fromEntries(nodes.map((node, index) => [node.name, writtenNode(node, index, placing)])),
        ...(placing.datacenters.length > 1 ? { datacenters: [...placing.datacenters] } : {}),
        ...(placing.networks === undefined ? {} : { networks: placing.networks }),
        ...(publishAddress === undefined ? {} : { publish_address: publishAddress }),
        ...(replication === undefined ? {} : { replication: keptBy(nodes, replication) }),
      },
      poolers: nodes.filter(({ roles }) => roles.includes("pgbouncer")).length,
    };
  });
