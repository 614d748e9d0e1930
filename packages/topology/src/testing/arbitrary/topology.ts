import fc from "fast-check";
import { stringify } from "yaml";
import { PLATFORMS } from "../../platform.ts";
import { resolve } from "../../resolve/resolve.ts";
import type { Topology } from "../../resolve/topology.ts";
import { topologySchema, type WrittenTopology } from "../../schema/schema.ts";
import { DATABASES_BY_DEFAULT, extensions, holdings, poolsAtMost } from "./databases.ts";
import { site } from "./nodes.ts";
import { identifier, name, parameters, replicationLag, timing, tls } from "./values.ts";

const { shape } = topologySchema;

/** Versions that every platform has: what a topology may name whatever its platform. */
const platforms = Object.values(PLATFORMS).map(({ versions }) => versions.postgresql);
const version = fc.constantFrom(...platforms.flat().filter((major) => platforms.every((versions) => versions.includes(major))));

const options = fc.record(
  {
    on_dcs_loss: fc.constantFrom(...shape.on_dcs_loss.unwrap().options),
    timing,
    tls,
    parameters,
    reads: fc.record({ max_lag: replicationLag, primary_as_fallback: fc.boolean() }, { requiredKeys: [] }),
    platform: fc.constantFrom(...shape.platform.unwrap().options),
    target: fc.constantFrom(...shape.target.unwrap().options),
    dcs: fc.constantFrom(...shape.dcs.unwrap().options),
  },
  { requiredKeys: [] },
);

/** Who may have how many connections; what is not stated is left to the defaults, where those suffice. */
const budget = fc.record({
  stated: fc.record({ connections: fc.boolean(), size: fc.boolean(), balancer: fc.boolean() }),
  poolSize: fc.integer({ min: 1, max: 8 }),
  postgresql: fc.oneof(fc.constant({}), fc.record({ version, jit: fc.boolean(), extensions }, { requiredKeys: [] })),
  pools: fc.record(
    {
      mode: fc.constantFrom(...shape.pools.unwrap().shape.mode.unwrap().options),
      max_clients: fc.integer({ min: 1, max: 2000 }),
    },
    { requiredKeys: [] },
  ),
  balancer: fc.record({ admin_user: identifier }, { requiredKeys: [] }),
});

/** Beyond this many connections a node needs more memory than it has by default. */
const CONNECTIONS_OF_A_SMALL_NODE = 100;

function withMemory(nodes: WrittenTopology["nodes"], memory: string): WrittenTopology["nodes"] {
  return Object.fromEntries(
    Object.entries(nodes).map(([node, written]) => {
      const inFull = Array.isArray(written) ? { roles: written } : written;
      return [node, { ...inFull, resources: { ...inFull.resources, memory } }];
    }),
  );
}

/** A section, left out where nothing stands in it. */
function section<Key extends keyof WrittenTopology>(key: Key, value: object & WrittenTopology[Key]): Partial<Pick<WrittenTopology, Key>> {
  return Object.keys(value).length === 0 ? {} : ({ [key]: value } as Pick<WrittenTopology, Key>);
}

/** A topology that every rule accepts, as a person may write it. */
export const validTopology: fc.Arbitrary<WrittenTopology> = fc
  .record({ cluster: name, site, holdings, options, budget, databasesByDefault: fc.nat(5).map((draw) => draw === 0) })
  .map(({ cluster, site: { written, poolers }, holdings: { roles, databases }, options: others, budget: draw, databasesByDefault }) => {
    const held = { roles, databases: databasesByDefault ? DATABASES_BY_DEFAULT : databases };
    // Every pool full, a tenth for clients that go past the pooler, and some for the superuser.
    const connections = Math.ceil((draw.poolSize * poolsAtMost(held) * Math.max(1, poolers)) / 0.9) + 20;
    const large = connections > CONNECTIONS_OF_A_SMALL_NODE;
    const stated = large || draw.stated.connections;
    return {
      cluster,
      ...written,
      nodes: large ? withMemory(written.nodes, "64GiB") : written.nodes,
      ...(databasesByDefault ? {} : { databases }),
      ...section("roles", roles),
      ...others,
      ...section("postgresql", { ...draw.postgresql, ...(stated ? { max_connections: connections } : {}) }),
      ...section("pools", { ...draw.pools, ...(stated && draw.stated.size ? { size: draw.poolSize } : {}) }),
      ...section("balancer", { ...draw.balancer, ...(draw.stated.balancer ? { max_connections: 2 * connections } : {}) }),
    };
  });

/** The same, resolved: what every renderer starts from. */
export const anyTopology: fc.Arbitrary<Topology> = validTopology.map((written) => resolve(topologySchema.parse(written)));

const layout = fc.record({
  indent: fc.constantFrom(1, 2, 4),
  collectionStyle: fc.constantFrom("any", "block", "flow"),
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
  lineWidth: fc.constantFrom(0, 40, 120),
});

/** A valid topology as YAML, in any layout. */
export const validText: fc.Arbitrary<string> = fc.tuple(validTopology, layout).map(([topology, style]) => stringify(topology, style));
