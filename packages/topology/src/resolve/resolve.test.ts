import { describe, expect, test } from "vitest";
import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "../testing/index.ts";
import { stringifyYaml } from "../yaml.ts";
import { addressOf, allMembers, peersOf } from "./reach.ts";

const THREE = `cluster: three
nodes:
  one: [etcd, postgresql]
  two: [postgresql]
  way-in: [haproxy, pgbouncer]
`;

test.each(EXAMPLE_NAMES)("%s resolves to what its golden file says", async (name) => {
  const { platform, ...topology } = exampleTopology(name);
  const text = stringifyYaml({ ...topology, platform: platform.id });
  await expect(text).toMatchFileSnapshot(`../../fixtures/${name}/resolved.yaml`);
});

describe("members", () => {
  test("carry their role in the name only where the node has several", () => {
    expect(allMembers(topologyOf(THREE)).map(({ name }) => name)).toEqual([
      "one-etcd",
      "one-postgresql",
      "two",
      "way-in-haproxy",
      "way-in-pgbouncer",
    ]);
  });

  test("count up their host numbers from 11, the same in every network that they join", () => {
    const members = allMembers(topologyOf(THREE)).map(({ name, addresses }) => [name, addresses]);
    expect(Object.fromEntries(members)).toEqual({
      "one-etcd": { dcs: "172.28.3.11" },
      "one-postgresql": { dcs: "172.28.3.12", database: "172.28.1.12", pooled: "172.28.2.12", operator: "172.28.4.12" },
      two: { dcs: "172.28.3.13", database: "172.28.1.13", pooled: "172.28.2.13", operator: "172.28.4.13" },
      "way-in-haproxy": { front: "172.28.0.14", database: "172.28.1.14", pooled: "172.28.2.14" },
      "way-in-pgbouncer": { front: "172.28.0.15" },
    });
  });

  test("follow the address that their node states, and shift nobody else's", () => {
    const topology = topologyOf(THREE.replace("one: [etcd, postgresql]", "one: { roles: [etcd, postgresql], address: 172.28.1.50 }"));
    const numbers = allMembers(topology).map(({ name, addresses }) => [name, Object.values(addresses)[0]?.split(".")[3]]);
    expect(Object.fromEntries(numbers)).toEqual({
      "one-etcd": "50",
      "one-postgresql": "51",
      two: "11",
      "way-in-haproxy": "12",
      "way-in-pgbouncer": "13",
    });
  });

  test("are in the first datacenter unless their node says otherwise", () => {
    const topology = topologyOf(
      `${THREE.replace("two: [postgresql]", "two: { roles: [postgresql], datacenter: b }")}datacenters: [a, b]\n`,
    );
    expect(topology.postgresql.map(({ datacenter }) => datacenter)).toEqual(["a", "b"]);
  });

  test("dial each other where both are, and never in the lane of the pooler", () => {
    const topology = topologyOf(THREE);
    const [balancer] = topology.haproxy;
    expect(balancer && peersOf(topology, balancer)).toEqual([
      { name: "one-postgresql", address: "172.28.1.12" },
      { name: "two", address: "172.28.1.13" },
      { name: "way-in-pgbouncer", address: "172.28.0.15" },
    ]);
  });

  test("have an address only in the networks that they join", () => {
    const [member] = topologyOf(THREE).etcd;
    expect(() => member && addressOf(member, "front")).toThrow("one-etcd is not in the network front");
  });
});

describe("published ports", () => {
  const published = (text: string) =>
    Object.fromEntries(
      allMembers(topologyOf(text)).flatMap(({ published: ports }) =>
        ports.map(({ variable, hostAddress, hostPort }) => [variable, `${hostAddress}:${hostPort}`]),
      ),
    );

  test("count up by member, and their variables name the node where there could be several", () => {
    expect(published(THREE)).toEqual({
      EXT_PG_PORT_ONE: "127.0.0.1:5432",
      EXT_PG_PORT_TWO: "127.0.0.1:5433",
      EXT_PATRONI_PORT_ONE: "127.0.0.1:8008",
      EXT_PATRONI_PORT_TWO: "127.0.0.1:8009",
      EXT_HAPROXY_RW_PORT: "127.0.0.1:5000",
      EXT_HAPROXY_RO_PORT: "127.0.0.1:5001",
      EXT_HAPROXY_STATS_PORT: "127.0.0.1:7000",
      EXT_PGBOUNCER_PORT: "127.0.0.1:6432",
    });
  });

  test("of two balancers carry the node in their variables, hyphens as underscores", () => {
    expect(published(`${THREE}  way-out: [haproxy]\n`)).toMatchObject({
      EXT_HAPROXY_RW_PORT_WAY_IN: "127.0.0.1:5000",
      EXT_HAPROXY_RW_PORT_WAY_OUT: "127.0.0.1:5010",
      EXT_HAPROXY_STATS_PORT_WAY_OUT: "127.0.0.1:7010",
      EXT_PGBOUNCER_PORT: "127.0.0.1:6432",
    });
  });

  test("for clients follow publish_address, those for the operator stay on the loopback", () => {
    expect(published(`${THREE}publish_address: 192.0.2.5\n`)).toMatchObject({
      EXT_HAPROXY_RW_PORT: "192.0.2.5:5000",
      EXT_PG_PORT_ONE: "127.0.0.1:5432",
    });
  });

  test("of etcd exist only where the topology states one, and bring the member into the operator's network", () => {
    const topology = topologyOf(THREE.replace("one: [etcd, postgresql]", "one: { roles: [etcd, postgresql], publish: { etcd: 2379 } }"));
    expect(topology.etcd[0]?.published).toMatchObject([{ service: "etcd", variable: "EXT_ETCD_PORT_ONE", hostPort: 2379 }]);
    expect(topology.etcd[0]?.addresses).toEqual({ dcs: "172.28.3.11", operator: "172.28.4.11" });
  });
});

describe("databases and logins", () => {
  const HELD = `${THREE}databases:
  shop: { writers: [checkout], readers: [report, report] }
  crm: { owner: boss, extensions: [vector] }
  postgres: { readers: [report] }
postgresql: { extensions: [pg_trgm] }
roles: { boss: { from: [10.0.0.0/8], connection_limit: 3 }, report: {}, checkout: {} }
`;

  test("the maintenance database comes first, without an owner, and lets the monitor in", () => {
    const [first, ...others] = topologyOf(HELD).databases;
    expect(first).toMatchObject({ name: "postgres", owner: null, connectable: ["monitor", "report"], extensions: ["pg_trgm"] });
    expect(others).toMatchObject([
      { name: "shop", owner: "shop", connectable: ["checkout", "report", "shop"], extensions: ["pg_trgm"] },
      { name: "crm", owner: "boss", connectable: ["boss"], extensions: ["pg_trgm", "vector"] },
    ]);
  });

  test("every database has an alias for reading and writing and one for reading", () => {
    expect(topologyOf(HELD).aliases.map(({ name, route }) => `${name}:${route}`)).toEqual([
      "postgres_rw:rw",
      "postgres_ro:ro",
      "shop_rw:rw",
      "shop_ro:ro",
      "crm_rw:rw",
      "crm_ro:ro",
    ]);
  });

  test("a subscriber connects to its database and to no pool of it; slots and the alias in session mode are there when asked for", () => {
    const topology =
      topologyOf(`${THREE}databases: { shop: { subscribers: [cdc], slots: { b: {}, a: { plugin: test_decoding } }, session_alias: true } }
roles: { cdc: {} }
`);
    expect(topology.logins.find(({ name }) => name === "cdc")).toMatchObject({ databases: ["shop"], replication: true });
    expect(topology.databases.find(({ name }) => name === "shop")).toMatchObject({ connectable: ["shop"], subscribers: ["cdc"] });
    expect(topology.slots).toEqual([
      { name: "a", database: "shop", plugin: "test_decoding" },
      { name: "b", database: "shop", plugin: "pgoutput" },
    ]);
    expect(topology.aliases.filter(({ session }) => session)).toEqual([
      { name: "shop_session", database: "shop", route: "rw", session: true },
    ]);
  });

  test("a login knows its databases, sources, limit and variable, and whether anybody declared it", () => {
    expect(topologyOf(HELD).logins).toEqual([
      {
        name: "boss",
        system: false,
        declared: true,
        databases: ["crm"],
        from: ["10.0.0.0/8"],
        connectionLimit: 3,
        replication: false,
        passwordVariable: "ROLE_BOSS_PASSWORD",
      },
      expect.objectContaining({ name: "checkout", databases: ["shop"], from: ["0.0.0.0/0", "::/0"], connectionLimit: null }),
      expect.objectContaining({
        name: "monitor",
        system: true,
        declared: false,
        databases: ["postgres"],
        passwordVariable: "MONITOR_PASSWORD",
      }),
      expect.objectContaining({ name: "report", databases: ["postgres", "shop"] }),
      expect.objectContaining({ name: "shop", declared: true, databases: ["shop"] }),
    ]);
    expect(topologyOf(HELD.replace("report: {}, ", "")).logins.find(({ name }) => name === "report")?.declared).toBe(false);
  });
});

describe("connections", () => {
  test("are shared by all poolers, so that the sum stays within max_connections", () => {
    const one = topologyOf(`${THREE}postgresql: { max_connections: 200 }\n`).connections;
    const two = topologyOf(`${THREE}  other: [pgbouncer]\npostgresql: { max_connections: 200 }\n`).connections;
    // Two databases, two aliases each; one role and PgBouncer's lookup in either.
    expect(one).toEqual({ maxConnections: 200, superuserReserved: 5, direct: 20, poolSize: 21, pooledAtMost: 168 });
    expect(two).toEqual({ maxConnections: 200, superuserReserved: 5, direct: 20, poolSize: 10, pooledAtMost: 160 });
  });

  test("are computed from the memory of the smallest node, within bounds", () => {
    const connectionsOf = (one: string, two: string) =>
      topologyOf(
        `cluster: x\nnodes:\n  one: { roles: [postgresql], resources: { memory: ${one} } }\n  two: { roles: [postgresql], resources: { memory: ${two} } }\n`,
      ).connections.maxConnections;
    expect([connectionsOf("2GiB", "64GiB"), connectionsOf("64GiB", "256MiB"), connectionsOf("1TiB", "1TiB")]).toEqual([250, 60, 500]);
  });

  test("a stated pool size is kept, whatever it adds up to", () => {
    expect(topologyOf(`${THREE}pools: { size: 50 }\npostgresql: { max_connections: 100 }\n`).connections).toMatchObject({
      poolSize: 50,
      pooledAtMost: 400,
    });
  });
});

test("a topology without a single node resolves as well, so that its rules can speak", () => {
  expect(topologyOf("cluster: x\nnodes: {}\n").connections.maxConnections).toBe(60);
});

test("a number given beside a preset replaces that number only", () => {
  const { timing } = topologyOf(`${THREE}timing: { preset: fast, ttl: 40 }\n`);
  expect(timing).toMatchObject({ ttl: 40, loopWait: 2, retryTimeout: 5, checkIntervalMs: 500 });
});
