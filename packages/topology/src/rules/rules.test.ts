import { expect, test } from "vitest";
import { TOPOLOGY_CODES, type TopologyCode } from "../codes.ts";
import type { Finding, Severity } from "../diagnostic.ts";
import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "../testing/index.ts";
import { topologyRules } from "./index.ts";

/** A cluster that no rule has anything to say about. */
const SOUND: Readonly<Record<string, string>> = {
  etcd1: "[etcd]",
  etcd2: "[etcd]",
  etcd3: "[etcd]",
  pg1: "[postgresql]",
  pg2: "[postgresql]",
  pg3: "[postgresql]",
  edge1: "[haproxy, pgbouncer]",
  edge2: "[haproxy, pgbouncer]",
};

/** YAML of the sound cluster with some nodes changed, added or (`null`) removed, and more keys below. */
function given(nodes: Readonly<Record<string, string | null>> = {}, rest = ""): string {
  const lines = Object.entries({ ...SOUND, ...nodes }).flatMap(([name, value]) => (value === null ? [] : [`  ${name}: ${value}\n`]));
  return `cluster: sound\nnodes:\n${lines.join("")}${rest}`;
}

function without(...names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}

const ETCD = ["etcd1", "etcd2", "etcd3"];
const POSTGRESQL = ["pg1", "pg2", "pg3"];

function check(text: string): Finding[] {
  const topology = topologyOf(text);
  return topologyRules.flatMap((rule) => rule(topology));
}

interface Case {
  readonly code: TopologyCode;
  readonly severity: Severity;
  readonly claim: string;
  readonly fires: string;
  /** Dotted. */
  readonly path: string;
  readonly says: string;
  /** The nearest topology about which the rule says nothing. */
  readonly silent: string;
}

const NAMES: Case[] = [
  {
    code: "member-name-collision",
    severity: "error",
    claim: "a node cannot be called what a member of another node is called",
    fires: given({ a: "[etcd, haproxy]", "a-etcd": "[etcd]" }),
    path: "nodes.a-etcd",
    says: 'called "a-etcd": one of node a, one of node a-etcd',
    silent: given({ a: "[haproxy]", "a-etcd": "[etcd]" }),
  },
  {
    code: "member-name-too-long",
    severity: "error",
    claim: "a node's name leaves room for the names of its roles",
    fires: given({ ["x".repeat(53)]: "[etcd, postgresql]" }),
    path: `nodes.${"x".repeat(53)}`,
    says: "has 64 characters; a host name has at most 63",
    silent: given({ ["x".repeat(52)]: "[etcd, postgresql]", ["y".repeat(63)]: "[postgresql]" }),
  },
  {
    code: "reserved-node-name",
    severity: "error",
    claim: "no node is called localhost",
    fires: given({ localhost: "[postgresql]" }),
    path: "nodes.localhost",
    says: '"localhost"',
    silent: given({ localhost1: "[postgresql]" }),
  },
  {
    code: "reserved-node-name",
    severity: "error",
    claim: "no node is called like the bundle's script",
    fires: given({ cluster: "[postgresql]" }),
    path: "nodes.cluster",
    says: "the bundle's script has that name",
    silent: given({ constructor: "[postgresql]" }),
  },
  {
    code: "repeated-node-role",
    severity: "error",
    claim: "a node lists a role once",
    fires: given({ pg1: "[postgresql, postgresql]" }),
    path: "nodes.pg1",
    says: "lists the role postgresql more than once",
    silent: given({ pg1: "[postgresql, pgbouncer]" }),
  },
  {
    code: "publish-without-role",
    severity: "error",
    claim: "a node publishes only what runs on it",
    fires: given({ pg1: "{ roles: [postgresql], publish: { rw: 5500 } }" }),
    path: "nodes.pg1.publish.rw",
    says: "publishes rw, which haproxy serves, but its roles are postgresql",
    silent: given({ pg1: "{ roles: [postgresql], publish: { patroni: 5500 } }" }),
  },
  {
    code: "node-memory-shared",
    severity: "warning",
    claim: "memory that is stated once and may be taken twice is told of",
    fires: given({ edge1: "{ roles: [haproxy, pgbouncer], resources: { memory: 1GiB } }" }),
    path: "nodes.edge1.resources.memory",
    says: "states 1024 MiB of memory, and each of edge1-haproxy and edge1-pgbouncer may take all of it: 2048 MiB together",
    silent: given({ pg1: "{ roles: [postgresql], resources: { memory: 1GiB } }" }),
  },
];

const DATACENTERS: Case[] = [
  {
    code: "undeclared-datacenter",
    severity: "error",
    claim: "a node is in a declared datacenter",
    fires: given({ pg1: "{ roles: [postgresql], datacenter: berlim }" }, "datacenters: [berlin, paris]\n"),
    path: "nodes.pg1.datacenter",
    says: '"berlim"',
    silent: given({ pg1: "{ roles: [postgresql], datacenter: paris }" }, "datacenters: [berlin, paris]\n"),
  },
  {
    code: "duplicate-datacenter",
    severity: "error",
    claim: "a datacenter is declared once",
    fires: given({}, "datacenters: [a, b, a]\n"),
    path: "datacenters.2",
    says: '"a" is declared more than once',
    silent: given({}, "datacenters: [a, b]\n"),
  },
  {
    code: "unused-datacenter",
    severity: "warning",
    claim: "a datacenter without a node is told of",
    fires: given({}, "datacenters: [a, b]\n"),
    path: "datacenters.1",
    says: 'No node is in datacenter "b"',
    silent: given({ pg3: "{ roles: [postgresql], datacenter: b }" }, "datacenters: [a, b]\n"),
  },
];

const NETWORKS: Case[] = [
  {
    code: "network-host-bits",
    severity: "error",
    claim: "a network is not the address of a host",
    fires: given({}, "networks: { front: 10.1.2.3/24 }\n"),
    path: "networks.front",
    says: "10.1.2.3/24, is the address of a host in 10.1.2.0/24",
    silent: given({}, "networks: { front: 10.1.2.0/24 }\n"),
  },
  {
    code: "networks-overlap",
    severity: "error",
    claim: "no two networks overlap",
    fires: given({}, "networks: { front: 10.1.0.0/16, dcs: 10.1.7.0/24 }\n"),
    path: "networks.dcs",
    says: "The network dcs, 10.1.7.0/24, overlaps the network front, 10.1.0.0/16",
    silent: given({}, "networks: { front: 10.1.0.0/16, dcs: 10.2.7.0/24 }\n"),
  },
  ...["127.0.0.0/24", "169.254.0.0/24", "224.0.1.0/24", "240.0.0.0/24", "0.0.0.0/24", "255.255.255.0/24"].map((range): Case => ({
    code: "network-unusable",
    severity: "error",
    claim: `no member can have an address of ${range}`,
    fires: given({}, `networks: { dcs: ${range} }\n`),
    path: "networks.dcs",
    says: `${range}, cannot hold members`,
    silent: given({}, "networks: { dcs: 192.0.2.0/24 }\n"),
  })),
  {
    code: "network-not-private",
    severity: "warning",
    claim: "a range of the public Internet is told of",
    fires: given({}, "networks: { front: 8.8.8.0/24 }\n"),
    path: "networks.front",
    says: "8.8.8.0/24, is not a private range",
    silent: given({}, "networks: { front: 100.64.3.0/24 }\n"),
  },
  {
    code: "source-host-bits",
    severity: "error",
    claim: "a role's source is a network or one host, never a host with the prefix of a network",
    fires: given({}, "roles: { app: { from: [10.0.0.0/8, 192.168.1.5/16] } }\n"),
    path: "roles.app.from.1",
    says: "PostgreSQL would open all of 192.168.0.0/16",
    silent: given({}, "roles: { app: { from: [10.0.0.0/8, 192.168.1.5/32] } }\n"),
  },
  {
    code: "source-host-bits",
    severity: "error",
    claim: "the same in IPv6",
    fires: given({}, "roles: { app: { from: ['2001:db8::1/32'] } }\n"),
    path: "roles.app.from.0",
    says: "all of 2001:db8::/32",
    silent: given({}, "roles: { app: { from: ['2001:DB8:0::/32', '2001:db8::1/128'] } }\n"),
  },
];

const ADDRESSES: Case[] = [
  {
    code: "address-outside-networks",
    severity: "error",
    claim: "a stated address lies in one of the networks",
    fires: given({ pg1: "{ roles: [postgresql], address: 10.9.9.9 }" }),
    path: "nodes.pg1.address",
    says: "10.9.9.9 of node pg1 is in none of",
    silent: given({ pg1: "{ roles: [postgresql], address: 172.28.1.99 }" }),
  },
  {
    code: "address-beyond-network",
    severity: "error",
    claim: "counted addresses fit into the network",
    fires: given({}, "networks: { dcs: 10.1.0.0/28 }\n"),
    path: "networks.dcs",
    says: "Member pg3 has host number 16, but the network dcs, 10.1.0.0/28, has 16 addresses",
    silent: given({}, "networks: { dcs: 10.1.0.0/27 }\n"),
  },
  {
    code: "address-beyond-network",
    severity: "error",
    claim: "a stated address fits into every network of its member",
    fires: given({ pg1: "{ roles: [postgresql], address: 10.1.1.1 }" }, "networks: { database: 10.1.0.0/16 }\n"),
    path: "nodes.pg1.address",
    says: "Member pg1 has host number 257, but the network pooled",
    silent: given({ pg1: "{ roles: [postgresql], address: 10.1.0.99 }" }, "networks: { database: 10.1.0.0/16 }\n"),
  },
  ...(
    [
      ["172.28.1.0", "172.28.1.0 in the network database, which is the network's own address"],
      ["172.28.1.1", "172.28.1.1 in the network database, which is its gateway"],
      ["172.28.1.255", "172.28.1.255 in the network database, which is its broadcast address"],
    ] as const
  ).map(([address, says]): Case => ({
    code: "reserved-address",
    severity: "error",
    claim: `a member cannot have ${address}`,
    fires: given({ pg1: `{ roles: [postgresql], address: ${address} }` }),
    path: "nodes.pg1.address",
    says,
    silent: given({ pg1: "{ roles: [postgresql], address: 172.28.1.254 }" }),
  })),
  {
    code: "duplicate-address",
    severity: "error",
    claim: "a stated address is not one that is counted up",
    fires: given({ pg1: "{ roles: [postgresql], address: 172.28.1.14 }" }),
    path: "nodes.pg1.address",
    says: "Members pg1 and pg2 both have 172.28.1.14 in the network database",
    silent: given({ pg1: "{ roles: [postgresql], address: 172.28.1.50 }" }),
  },
  {
    code: "duplicate-address",
    severity: "error",
    claim: "members of one node take the addresses that follow the stated one",
    fires: given({
      edge1: "{ roles: [haproxy, pgbouncer], address: 172.28.0.50 }",
      edge2: "{ roles: [haproxy, pgbouncer], address: 172.28.0.51 }",
    }),
    path: "nodes.edge1.address",
    says: "Members edge2-haproxy and edge1-pgbouncer both have 172.28.0.51",
    silent: given({
      edge1: "{ roles: [haproxy, pgbouncer], address: 172.28.0.50 }",
      edge2: "{ roles: [haproxy, pgbouncer], address: 172.28.0.52 }",
    }),
  },
  {
    code: "port-collision",
    severity: "error",
    claim: "a port of the host is published once",
    fires: given({ pg1: "{ roles: [postgresql], publish: { postgresql: 5433 } }" }),
    path: "nodes.pg2.publish.postgresql",
    says: "Port 5433 of the host is taken twice: by postgresql of node pg1 on 127.0.0.1, by postgresql of node pg2 on 127.0.0.1",
    silent: given({ pg1: "{ roles: [postgresql], publish: { postgresql: 5439 } }" }),
  },
  {
    code: "port-collision",
    severity: "error",
    claim: "0.0.0.0 takes the port on every address",
    fires: given({ pg1: "{ roles: [postgresql], publish: { postgresql: 5000 } }" }, "publish_address: 0.0.0.0\n"),
    path: "nodes.edge1.publish.rw",
    says: "by rw of node edge1 on 0.0.0.0",
    silent: given({ pg1: "{ roles: [postgresql], publish: { postgresql: 5000 } }" }, "publish_address: 192.0.2.1\n"),
  },
];

const DATABASES: Case[] = [
  ...(["template1", "pgbouncer", "replication"] as const).map((name): Case => ({
    code: "reserved-database-name",
    severity: "error",
    claim: `no database is called ${name}`,
    fires: given({}, `databases: { ${name}: { owner: app } }\nroles: { app: {} }\n`),
    path: `databases.${name}`,
    says: `"${name}"`,
    silent: given({}, `databases: { ${name}2: { owner: app } }\nroles: { app: {} }\n`),
  })),
  {
    code: "unsupported-postgresql",
    severity: "error",
    claim: "the platform has the wanted version",
    fires: given({}, "postgresql: { version: 12 }\n"),
    path: "postgresql.version",
    says: "debian-13 has no PostgreSQL 12",
    silent: given({}, "postgresql: { version: 17 }\n"),
  },
  {
    code: "unknown-extension",
    severity: "error",
    claim: "an extension of every database is blamed once, where it is written",
    fires: given({}, "postgresql: { extensions: [pg_trgn] }\n"),
    path: "postgresql.extensions",
    says: '"pg_trgn"',
    silent: given({}, "postgresql: { extensions: [pg_trgm] }\n"),
  },
  {
    code: "unknown-extension",
    severity: "error",
    claim: "an extension of one database is blamed there, whatever objects have by nature",
    fires: given({}, "databases: { app: { extensions: [constructor] } }\n"),
    path: "databases.app.extensions",
    says: '"constructor"',
    silent: given({}, "databases: { app: { extensions: [vector] } }\n"),
  },
  {
    code: "extension-in-several-databases",
    severity: "error",
    claim: "an extension that one database alone can have is not wanted in all",
    fires: given({}, "postgresql: { extensions: [pg_cron] }\n"),
    path: "postgresql.extensions",
    says: "would be in postgres, app",
    silent: given({}, "databases: { postgres: { extensions: [pg_cron] }, app: {} }\n"),
  },
  {
    code: "extension-in-several-databases",
    severity: "error",
    claim: "an extension that one database alone can have is not wanted in two",
    fires: given({}, "databases: { app: { extensions: [pg_cron] }, shop: { extensions: [pg_cron] } }\n"),
    path: "databases.app.extensions",
    says: "would be in app, shop",
    silent: given({}, "databases: { app: { extensions: [pg_cron] }, shop: {} }\n"),
  },
  {
    code: "undeclared-role",
    severity: "error",
    claim: "a role that a database names is declared",
    fires: given({}, "databases: { app: { readers: [reprot] } }\nroles: { report: {} }\n"),
    path: "databases.app.readers",
    says: 'Database app names the role "reprot"',
    silent: given({}, "databases: { app: { owner: report } }\nroles: { report: {} }\n"),
  },
  {
    code: "undeclared-role",
    severity: "error",
    claim: "the owner that a database has by default may be named elsewhere",
    fires: given({}, "databases: { app: {}, other: { owner: boss } }\n"),
    path: "databases.other.owner",
    says: 'Database other names the role "boss"',
    silent: given({}, "databases: { app: {}, other: { readers: [app] } }\n"),
  },
  {
    code: "unused-role",
    severity: "warning",
    claim: "a role that no database names is told of",
    fires: given({}, "roles: { report: {} }\n"),
    path: "roles.report",
    says: '"report"',
    silent: given({}, "roles: { report: {} }\ndatabases: { postgres: { readers: [report] }, app: {} }\n"),
  },
  {
    code: "role-source-not-enforced",
    severity: "warning",
    claim: "a role narrower than another is told that HAProxy cannot tell it apart (patroni#719)",
    fires: given({}, "databases: { app: { readers: [bi] } }\nroles: { bi: { from: [10.0.0.0/8] } }\n"),
    path: "roles.bi.from",
    says: 'from there "bi" can log in past PgBouncer',
    silent: given({}, "databases: { app: { readers: [bi] } }\nroles: { app: { from: [10.0.0.0/8] }, bi: { from: [10.0.0.0/8] } }\n"),
  },
  {
    code: "subscriber-in-pools",
    severity: "error",
    claim: "who streams changes cannot use the pooler as well",
    fires: given({}, "databases: { app: { subscribers: [cdc] }, shop: { readers: [cdc] } }\nroles: { cdc: {} }\n"),
    path: "databases.app.subscribers",
    says: "reader of shop",
    silent: given({}, "databases: { app: { subscribers: [cdc] }, shop: { subscribers: [cdc] } }\nroles: { cdc: {} }\n"),
  },
  {
    code: "slot-name-taken",
    severity: "error",
    claim: "a slot cannot have the name of a standby's",
    fires: given({}, "databases: { app: { slots: { pg1: {} } } }\n"),
    path: "databases.app.slots.pg1",
    says: "the slot of a standby",
    silent: given({}, "databases: { app: { slots: { pg11: {} } } }\n"),
  },
  {
    code: "unknown-output-plugin",
    severity: "error",
    claim: "a slot's plugin has to be in the image",
    fires: given({}, "databases: { app: { slots: { orders: { plugin: decoderbufs } } } }\n"),
    path: "databases.app.slots.orders.plugin",
    says: '"decoderbufs"',
    silent: given({}, "databases: { app: { slots: { orders: {}, other: { plugin: test_decoding } } } }\n"),
  },
  {
    code: "unknown-output-plugin",
    severity: "error",
    claim: "a plugin that the platform has is in the image once its extension is declared",
    fires: given({}, "databases: { app: { slots: { orders: { plugin: wal2json } } } }\n"),
    path: "databases.app.slots.orders.plugin",
    says: '"wal2json"',
    silent: given({}, "databases: { app: { extensions: [wal2json], slots: { orders: { plugin: wal2json } } } }\n"),
  },
  ...(["postgres", "replicator", "monitor", "pgbouncer_admin", "pg_read_all_data", "public"] as const).map((name): Case => ({
    code: "reserved-role-name",
    severity: "error",
    claim: `the applications cannot declare ${name}`,
    fires: given({}, `roles: { ${name}: {} }\n`),
    path: `roles.${name}`,
    says: `"${name}"`,
    silent: given({}, `roles: { my_${name}: {} }\n`),
  })),
  {
    code: "reserved-role-name",
    severity: "error",
    claim: "a database cannot be handed to the superuser",
    fires: given({}, "databases: { app: { owner: postgres } }\n"),
    path: "databases.app.owner",
    says: "it is the superuser",
    silent: given({}, "databases: { app: { owner: app } }\n"),
  },
  {
    code: "reserved-role-name",
    severity: "error",
    claim: "a database without an owner cannot have the name of a reserved role",
    fires: given({}, "databases: { rewinder: {} }\n"),
    path: "databases.rewinder.owner",
    says: '"rewinder"',
    silent: given({}, "databases: { rewinder: { owner: app } }\nroles: { app: {} }\n"),
  },
];

const SYNCHRONOUS = "replication: { mode: synchronous }\n";
const STAYS = "{ roles: [postgresql], promotable: false }";
const ASYNCHRONOUS = "{ roles: [postgresql], synchronous: false }";

const REPLICATION: Case[] = [
  {
    code: "no-postgresql",
    severity: "error",
    claim: "a cluster has a PostgreSQL node",
    fires: given(without(...POSTGRESQL)),
    path: "nodes",
    says: "No node has the role postgresql",
    silent: given(),
  },
  {
    code: "single-postgresql",
    severity: "warning",
    claim: "a single PostgreSQL node is told of",
    fires: given(without("pg2", "pg3")),
    path: "nodes.pg1",
    says: "pg1 is the only PostgreSQL node",
    silent: given(without("pg3")),
  },
  {
    code: "no-promotable-node",
    severity: "error",
    claim: "some node may be the primary",
    fires: given({ pg1: STAYS, pg2: STAYS, pg3: STAYS }),
    path: "nodes.pg1.promotable",
    says: "None of pg1, pg2 and pg3 may be promoted",
    silent: given({ pg1: STAYS, pg2: STAYS }),
  },
  {
    code: "no-failover-candidate",
    severity: "warning",
    claim: "a primary that nobody may replace is told of",
    fires: given({ pg2: STAYS, pg3: STAYS }),
    path: "nodes.pg1",
    says: "If pg1 is the primary and dies, no node may take over: no other one is promotable",
    silent: given({ pg2: STAYS }),
  },
  {
    code: "no-failover-candidate",
    severity: "warning",
    claim: "only a synchronous node may replace a primary that replicates synchronously",
    fires: given({ pg2: ASYNCHRONOUS, pg3: STAYS }, SYNCHRONOUS),
    path: "nodes.pg1",
    says: "no other one is both promotable and synchronous",
    silent: given({ pg2: ASYNCHRONOUS, pg3: STAYS }),
  },
  ...(["synchronous", "quorum"] as const).map((mode): Case => ({
    code: "synchronous-count-unmeetable",
    severity: "error",
    claim: `there are as many standbys as a ${mode} commit waits for`,
    fires: given({}, `replication: { mode: ${mode}, synchronous_standbys: 3 }\n`),
    path: "replication.synchronous_standbys",
    says: "waits for 3 synchronous standbys, but at most 2 nodes beside the primary may be one: pg1 and pg2",
    silent: given({}, `replication: { mode: ${mode}, synchronous_standbys: 2 }\n`),
  })),
  {
    code: "synchronous-count-unmeetable",
    severity: "error",
    claim: "the primary is no standby of its own",
    fires: given(
      { pg2: ASYNCHRONOUS, pg3: `{ roles: [postgresql], synchronous: false, promotable: false }`, pg1: "[postgresql]" },
      "replication: { mode: quorum, synchronous_standbys: 2 }\n",
    ),
    path: "replication.synchronous_standbys",
    says: "at most 1 node beside the primary may be one: pg1",
    silent: given({ pg2: ASYNCHRONOUS }, "replication: { mode: quorum, synchronous_standbys: 2 }\n"),
  },
  {
    code: "synchronous-too-few-spare",
    severity: "warning",
    claim: "losing one standby too many is told of",
    fires: given(without("pg3"), SYNCHRONOUS),
    path: "replication.synchronous_standbys",
    says: "with pg1 as the primary that can only be pg2: while it is down, writes go on with fewer copies than promised",
    silent: given({}, SYNCHRONOUS),
  },
  {
    code: "synchronous-too-few-spare",
    severity: "warning",
    claim: "strict replication then stops writes where it was the only one",
    fires: given(without("pg3"), "replication: { mode: synchronous, strict: true }\n"),
    path: "replication.synchronous_standbys",
    says: "with pg1 as the primary that can only be pg2: while it is down, no write is acknowledged",
    silent: given({}, "replication: { mode: synchronous, strict: true }\n"),
  },
  {
    code: "synchronous-too-few-spare",
    severity: "warning",
    claim: "strict replication goes on with the standby that is left",
    fires: given({}, "replication: { mode: quorum, synchronous_standbys: 2, strict: true }\n"),
    path: "replication.synchronous_standbys",
    says: "that can only be pg2 and pg3: while one of them is down, writes go on with fewer copies than promised",
    silent: given({ pg4: "[postgresql]" }, "replication: { mode: quorum, synchronous_standbys: 2, strict: true }\n"),
  },
  {
    code: "synchronous-too-few-spare",
    severity: "warning",
    claim: "a primary under which the count is never met is told of",
    fires: given({ pg2: ASYNCHRONOUS, pg3: ASYNCHRONOUS }, SYNCHRONOUS),
    path: "replication.synchronous_standbys",
    says: "with pg1 as the primary that can only be no node: all the while, writes go on",
    silent: given({ pg2: ASYNCHRONOUS, pg4: "[postgresql]" }, SYNCHRONOUS),
  },
  {
    code: "synchronous-settings-unused",
    severity: "warning",
    claim: "settings of synchronous replication without it are told of",
    fires: given({}, "replication: { strict: true }\n"),
    path: "replication.strict",
    says: "means nothing while the mode is asynchronous",
    silent: given({}, "replication: { strict: true, mode: quorum }\n"),
  },
  {
    // patroni#3703, patroni#3327: a bulk load over a slow link, then the primary's host died, and nobody took over.
    code: "lag-limit-refuses-standby",
    severity: "error",
    claim: "a lag must not keep a synchronous standby from taking over",
    fires: given({}, "replication: { mode: synchronous, max_lag_on_failover: 64MiB }\n"),
    path: "replication.max_lag_on_failover",
    says: "a standby on the list has every acknowledged write",
    silent: given({}, "replication: { mode: synchronous, max_lag_on_failover: 100TiB }\n"),
  },
];

const TWO = "datacenters: [a, b]\n";
const IN_B = "{ roles: [postgresql], datacenter: b }";
const ETCD_IN_B = "{ roles: [etcd], datacenter: b }";

const SPREAD: Case[] = [
  {
    code: "reads-unserved",
    severity: "warning",
    claim: "a read-only port that nobody may serve is told of",
    fires: given(without("pg2", "pg3"), "reads: { primary_as_fallback: false }\n"),
    path: "reads.primary_as_fallback",
    says: "pg1 is the only PostgreSQL node and may not serve the read-only port",
    silent: given(without("pg3"), "reads: { primary_as_fallback: false }\n"),
  },
  {
    code: "synchronous-across-datacenters",
    severity: "info",
    claim: "commits that wait for another datacenter are told of",
    fires: given({ pg1: "{ roles: [postgresql], datacenter: b }" }, TWO + SYNCHRONOUS),
    path: "replication.mode",
    says: "waits for 1 synchronous standby; as the primary, pg1 (b) would not have so many in the same datacenter: every commit pays the way",
    silent: given({ pg1: "{ roles: [postgresql], datacenter: b, promotable: false }" }, TWO + SYNCHRONOUS),
  },
  {
    code: "synchronous-across-datacenters",
    severity: "info",
    claim: "one near standby is not enough for two",
    fires: given({ pg3: IN_B }, `${TWO}replication: { mode: quorum, synchronous_standbys: 2 }\n`),
    path: "replication.mode",
    says: "waits for 2 synchronous standbys; as the primary, pg1 (a), pg2 (a) and pg3 (b) would not have so many",
    silent: given({ pg3: IN_B }, TWO),
  },
  {
    code: "synchronous-within-datacenter",
    severity: "info",
    claim: "writes that a datacenter can take with it are told of",
    fires: given({ pg3: "{ roles: [postgresql], datacenter: b, promotable: false, synchronous: false }" }, TWO + SYNCHRONOUS),
    path: "replication.mode",
    says: "As the primary, pg1 (a) and pg2 (a) can have every standby that a commit waits for in the same datacenter",
    silent: given({ pg2: "{ roles: [postgresql], promotable: false, synchronous: false }", pg3: IN_B }, TWO + SYNCHRONOUS),
  },
  {
    code: "majority-without-primary",
    severity: "warning",
    claim: "a majority of etcd apart from every possible primary is told of",
    fires: given({ etcd1: ETCD_IN_B, etcd2: ETCD_IN_B, pg3: "{ roles: [postgresql], datacenter: b, promotable: false }" }, TWO),
    path: "nodes.etcd1.datacenter",
    says: "The majority of etcd is in b, which has no node that may be promoted: when b is cut off, pg1 and pg2 can hold no lease",
    silent: given({ etcd1: ETCD_IN_B, etcd2: ETCD_IN_B, pg3: IN_B }, TWO),
  },
  {
    code: "failsafe-across-datacenters",
    severity: "warning",
    claim: "what failsafe cannot do between datacenters is told of",
    fires: given({ pg3: IN_B }, `${TWO}on_dcs_loss: failsafe\n`),
    path: "on_dcs_loss",
    says: "the nodes are in 2 datacenters (pg1 and pg2 in a and pg3 in b)",
    silent: given({ etcd3: ETCD_IN_B }, `${TWO}on_dcs_loss: failsafe\n`),
  },
];

const TIMING: Case[] = [
  ...(
    [
      ["ttl", 19, 20, "loop_wait: 1, retry_timeout: 3"],
      ["loop_wait", 0, 1, "ttl: 30, retry_timeout: 3"],
      ["retry_timeout", 2, 3, "ttl: 30, loop_wait: 1"],
    ] as const
  ).map(([key, below, minimum, others]): Case => ({
    code: "below-patroni-minimum",
    severity: "error",
    claim: `${key} is at least ${minimum}`,
    fires: given({}, `timing: { preset: fast, ${key}: ${below}, ${others} }\n`),
    path: `timing.${key}`,
    says: `${key} is ${below} s, and Patroni silently uses ${minimum} s`,
    silent: given({}, `timing: { preset: fast, ${key}: ${minimum}, ${others} }\n`),
  })),
  {
    code: "timing-exceeds-ttl",
    severity: "error",
    claim: "one round and two retries fit into the lease",
    fires: given({}, "timing: { ttl: 24 }\n"),
    path: "timing.ttl",
    says: "5 + 2 × 10 = 25 s is more than the ttl of 24 s",
    silent: given({}, "timing: { ttl: 25 }\n"),
  },
  {
    code: "timing-equals-ttl",
    severity: "warning",
    claim: "a lease without slack is told of",
    fires: given({}, "timing: { ttl: 25 }\n"),
    path: "timing.ttl",
    says: "5 + 2 × 10 s is exactly the ttl of 25 s",
    silent: given({}, "timing: { ttl: 26 }\n"),
  },
  {
    code: "timing-equals-ttl",
    severity: "error",
    claim: "failsafe mode needs the slack",
    fires: given({}, "timing: { ttl: 25 }\non_dcs_loss: failsafe\n"),
    path: "timing.ttl",
    says: "may demote itself",
    silent: given({}, "timing: { ttl: 26 }\non_dcs_loss: failsafe\n"),
  },
  {
    code: "etcd-election-too-short",
    severity: "error",
    claim: "etcd starts with five heartbeats in an election timeout",
    fires: given({}, "timing: { etcd_heartbeat_ms: 101, etcd_election_ms: 500 }\n"),
    path: "timing.etcd_election_ms",
    says: "500 ms is less than 5 heartbeats of 101 ms",
    silent: given({}, "timing: { etcd_heartbeat_ms: 100, etcd_election_ms: 500 }\n"),
  },
  {
    code: "etcd-election-tight",
    severity: "warning",
    claim: "fewer than ten heartbeats are told of",
    fires: given({}, "timing: { etcd_heartbeat_ms: 100, etcd_election_ms: 999 }\n"),
    path: "timing.etcd_election_ms",
    says: "999 ms is less than 10 heartbeats of 100 ms",
    silent: given({}, "timing: { etcd_heartbeat_ms: 100, etcd_election_ms: 1000 }\n"),
  },
  {
    code: "etcd-election-too-long",
    severity: "error",
    claim: "etcd starts with at most fifty seconds",
    fires: given({}, "timing: { etcd_election_ms: 50001 }\n"),
    path: "timing.etcd_election_ms",
    says: "50001 ms is more than 50000 ms",
    silent: given({}, "timing: { etcd_election_ms: 50000 }\n"),
  },
  {
    code: "etcd-election-exceeds-retry",
    severity: "warning",
    claim: "an election that Patroni does not outlast is told of",
    fires: given({}, "timing: { etcd_election_ms: 5000 }\n"),
    path: "timing.etcd_election_ms",
    says: "2 × 5000 ms, not less than Patroni's retry_timeout of 10 s",
    silent: given({}, "timing: { etcd_election_ms: 4999 }\n"),
  },
  {
    code: "check-intervals-inverted",
    severity: "error",
    claim: "the fast interval is not the slower one",
    fires: given({}, "timing: { check_interval_ms: 499 }\n"),
    path: "timing.check_fast_interval_ms",
    says: "check_fast_interval_ms, 500, is longer than check_interval_ms, 499",
    silent: given({}, "timing: { check_interval_ms: 500 }\n"),
  },
];

const ETCD_CASES: Case[] = [
  {
    code: "no-etcd",
    severity: "error",
    claim: "a cluster has an etcd member",
    fires: given(without(...ETCD)),
    path: "nodes",
    says: "nowhere to keep the leader lease",
    silent: given(),
  },
  {
    code: "single-etcd",
    severity: "warning",
    claim: "a single etcd member is told of",
    fires: given(without("etcd2", "etcd3")),
    path: "nodes.etcd1",
    says: "etcd1 is the only etcd member",
    silent: given(),
  },
  {
    code: "even-etcd",
    severity: "warning",
    claim: "an even number of etcd members is told of",
    fires: given({ etcd4: "[etcd]" }),
    path: "nodes.etcd4",
    says: "4 etcd members survive the loss of 1, as 3 would",
    silent: given({ etcd4: "[etcd]", etcd5: "[etcd]" }),
  },
  {
    code: "too-many-etcd",
    severity: "warning",
    claim: "more than seven etcd members are told of",
    fires: given(Object.fromEntries([4, 5, 6, 7, 8, 9].map((number) => [`etcd${number}`, "[etcd]"]))),
    path: "nodes.etcd8",
    says: "9 etcd members: every write waits for 5",
    silent: given(Object.fromEntries([4, 5, 6, 7].map((number) => [`etcd${number}`, "[etcd]"]))),
  },
  {
    code: "etcd-majority-in-one-datacenter",
    severity: "warning",
    claim: "a datacenter that takes the quorum with it is told of, with what goes on without it",
    fires: given({ etcd3: "{ roles: [etcd], datacenter: b }", pg3: "{ roles: [postgresql], datacenter: b }" }, "datacenters: [a, b]\n"),
    path: "nodes.etcd1.datacenter",
    says: "2 of 3 etcd members are in a: losing a leaves no quorum and no writable primary; only reads go on, at pg3",
    silent: given(
      {
        etcd2: "{ roles: [etcd], datacenter: c }",
        etcd3: "{ roles: [etcd], datacenter: b }",
        pg3: "{ roles: [postgresql], datacenter: b }",
      },
      "datacenters: [a, b, c]\n",
    ),
  },
  {
    code: "etcd-majority-in-one-datacenter",
    severity: "warning",
    claim: "half of the members is no quorum either",
    fires: given({ etcd2: "{ roles: [etcd], datacenter: b }", etcd3: null }, "datacenters: [a, b]\n"),
    path: "nodes.etcd1.datacenter",
    says: "1 of 2 etcd members is in a",
    silent: given({ etcd3: null }),
  },
];

const WAY_IN: Case[] = [
  {
    code: "no-haproxy",
    severity: "error",
    claim: "a cluster has a balancer",
    fires: given({ edge1: "[pgbouncer]", edge2: "[pgbouncer]" }),
    path: "nodes",
    says: "nothing leads clients to the primary",
    silent: given(),
  },
  {
    code: "single-haproxy",
    severity: "warning",
    claim: "a single balancer is told of",
    fires: given({ edge2: "[pgbouncer]" }),
    path: "nodes.edge1",
    says: "edge1-haproxy is the only HAProxy",
    silent: given(),
  },
  {
    code: "no-pgbouncer",
    severity: "info",
    claim: "a cluster without a pooler is told of",
    fires: given({ edge1: "[haproxy]", edge2: "[haproxy]" }),
    path: "nodes",
    says: "No node has the role pgbouncer",
    silent: given(),
  },
  {
    code: "single-pgbouncer",
    severity: "warning",
    claim: "a single pooler is told of",
    fires: given({ edge1: "[haproxy]" }),
    path: "nodes.edge2",
    says: "edge2-pgbouncer is the only PgBouncer",
    silent: given(),
  },
  {
    code: "way-in-through-one-datacenter",
    severity: "warning",
    claim: "balancers that a datacenter takes with it are told of",
    fires: given({ pg3: "{ roles: [postgresql], datacenter: b }" }, "datacenters: [a, b]\n"),
    path: "nodes.edge1.datacenter",
    says: "All 2 nodes with the role haproxy are in a",
    silent: given({ edge2: "{ roles: [haproxy, pgbouncer], datacenter: b }" }, "datacenters: [a, b]\n"),
  },
  {
    code: "leaf-outlives-ca",
    severity: "error",
    claim: "no certificate outlives the one that signed it",
    fires: given({}, "tls: { lifetime: { ca: 300 } }\n"),
    path: "tls.lifetime.leaf",
    says: "397 days, longer than the 300 days of the CA",
    silent: given({}, "tls: { lifetime: { ca: 397 } }\n"),
  },
];

const CASES = [
  ...NAMES,
  ...DATACENTERS,
  ...NETWORKS,
  ...ADDRESSES,
  ...DATABASES,
  ...REPLICATION,
  ...SPREAD,
  ...TIMING,
  ...ETCD_CASES,
  ...WAY_IN,
];

test("no rule has anything to say about a sound cluster", () => {
  expect(check(given())).toEqual([]);
});

test.each(CASES)("$code: $claim", ({ code, severity, fires, path, says, silent }) => {
  const [finding] = check(fires).filter((candidate) => candidate.code === code);
  expect(finding).toMatchObject({ severity, message: expect.stringContaining(says) });
  expect(finding?.path.join(".")).toBe(path);
  expect(finding?.hint).toMatch(/^[A-Z].*[.?]$/s);
  expect(check(silent).map((candidate) => candidate.code)).not.toContain(code);
});

test("every code of a rule is covered by a case", () => {
  const ofText = ["wrong-encoding", "too-large", "yaml-syntax", "duplicate-key", "unknown-key", "missing-key", "invalid-value"];
  const elsewhere = [...ofText, "invalid-override", "unknown-variable"];
  const covered = new Set([...elsewhere, ...CASES.map(({ code }) => code)]);
  expect([...TOPOLOGY_CODES].filter((code) => !covered.has(code))).toEqual([]);
});

test("two members of two nodes that collide in several networks are told of once", () => {
  const findings = check(given({ pg1: "{ roles: [postgresql], address: 172.28.1.15 }" }));
  expect(findings.filter(({ code }) => code === "duplicate-address")).toHaveLength(1);
});

test.each(EXAMPLE_NAMES)("the example %s has no error", (name) => {
  const findings = topologyRules.flatMap((rule) => rule(exampleTopology(name)));
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("the reference cluster is told of its single points and of what losing its first datacenter means", () => {
  const findings = topologyRules.flatMap((rule) => rule(exampleTopology("two-datacenters")));
  expect(findings.map(({ code, path }) => `${code} at ${path.join(".")}`)).toEqual([
    "synchronous-too-few-spare at replication.synchronous_standbys",
    "synchronous-within-datacenter at replication.mode",
    "etcd-majority-in-one-datacenter at nodes.etcd1.datacenter",
    "single-haproxy at nodes.haproxy",
    "single-pgbouncer at nodes.pgbouncer",
  ]);
});
