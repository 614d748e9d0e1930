import fc from "fast-check";
import { stringify } from "yaml";
import type { WrittenTopology } from "../../schema/schema.ts";
import { holdings, poolsAtMost } from "./databases.ts";
import { site } from "./nodes.ts";
import { name, parameters, replicationLag, timing, tls } from "./values.ts";

const options = fc.record(
  {
    on_dcs_loss: fc.constantFrom("read-only", "failsafe"),
    timing,
    tls,
    parameters,
    reads: fc.record({ max_lag: replicationLag, primary_as_fallback: fc.boolean() }, { requiredKeys: [] }),
    platform: fc.constant("debian-13"),
    target: fc.constant("compose"),
  },
  { requiredKeys: [] },
);

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

/** A topology that every rule accepts, as a person may write it. */
export const validTopology: fc.Arbitrary<WrittenTopology> = fc
  .record({
    cluster: name,
    site,
    holdings,
    options,
    poolSize: fc.integer({ min: 1, max: 8 }),
    poolMode: fc.constantFrom("transaction", "session"),
    jit: fc.boolean(),
  })
  .map(({ cluster, site: { written, poolers }, holdings: held, options: others, poolSize, poolMode, jit }) => {
    // Every pool full, a tenth for clients that go past the pooler, and some for the superuser.
    const connections = Math.ceil((poolSize * poolsAtMost(held) * Math.max(1, poolers)) / 0.9) + 20;
    return {
      cluster,
      ...written,
      nodes: connections > CONNECTIONS_OF_A_SMALL_NODE ? withMemory(written.nodes, "64GiB") : written.nodes,
      ...held,
      ...others,
      postgresql: { jit, max_connections: connections },
      pools: { mode: poolMode, size: poolSize },
      balancer: { max_connections: 2 * connections },
    };
  });

const layout = fc.record({
  indent: fc.constantFrom(1, 2, 4),
  collectionStyle: fc.constantFrom("any", "block", "flow"),
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
  lineWidth: fc.constantFrom(0, 40, 120),
});

/** A valid topology as YAML, in any layout. */
export const validText: fc.Arbitrary<string> = fc.tuple(validTopology, layout).map(([topology, style]) => stringify(topology, style));
