import { addressOf, SYSTEM_ROLES, subnetsOverlap, type Topology } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology, topologyOf } from "@matriarch/topology/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HbaRow, HbaWord } from "../model.ts";
import { deriveHba } from "./hba.ts";

interface Attempt {
  readonly database: string | null;
  readonly user: string;
  /** `null`: over the socket. */
  readonly address: string | null;
  readonly tls: boolean;
}

/** `database: null` is a physical replication connection, which the keyword `all` does not cover. */
function fits(row: HbaRow, { database, user, address, tls }: Attempt): boolean {
  const type = row.type === "local" ? address === null : address !== null && (row.type === "host" || tls);
  const databases = row.databases.some((word) =>
    "keyword" in word ? (word.keyword === "replication") === (database === null) : word.name === database,
  );
  const users = row.users.some((word) => ("keyword" in word ? word.keyword === "all" : word.name === user));
  const from =
    row.address === null ||
    row.address === "all" ||
    (address !== null && !row.address.includes(":") && subnetsOverlap(`${address}/32`, row.address));
  return type && databases && users && from;
}

/** PostgreSQL's rule: the first line that fits decides; without one the connection is refused. */
function decide(topology: Topology, attempt: Attempt): string {
  const row = deriveHba(topology)
    .flatMap(({ rows }) => rows)
    .find((candidate) => fits(candidate, attempt));
  return row === undefined ? "no line" : [row.method, row.option && `${row.option.name}=${row.option.value}`].filter(Boolean).join(" ");
}

const anyAddress = fc.ipV4();
const anyTls = fc.boolean();
const nameOf = (word: HbaWord) => ("keyword" in word ? word.keyword : word.name);

describe.each(EXAMPLE_NAMES)("in the example %s", (example) => {
  const topology = exampleTopology(example);
  const rows = deriveHba(topology).flatMap((section) => section.rows);
  const databases = [null, ...topology.databases.map(({ name }) => name), "elsewhere"];
  const anyDatabase = fc.constantFrom(...databases);
  const peers = topology.postgresql.map((member) => addressOf(member, "database"));
  const pooled = topology.haproxy.map((member) => addressOf(member, "pooled"));
  const clients = topology.tls.clientCertificates ? " clientcert=verify-full" : "";

  it("the superuser is refused from every address but the node's own, whatever the database", () => {
    fc.assert(
      fc.property(anyDatabase, anyAddress, anyTls, (database, address, tls) => {
        fc.pre(address !== "127.0.0.1");
        expect(decide(topology, { database, user: SYSTEM_ROLES.superuser, address, tls })).toBe("reject");
      }),
    );
    for (const address of [...peers, ...pooled])
      expect(decide(topology, { database: "postgres", user: "postgres", address, tls: true })).toBe("reject");
  });

  it("the superuser is accepted on the socket by peer, and on 127.0.0.1 over TLS with its password", () => {
    expect(decide(topology, { database: "postgres", user: "postgres", address: null, tls: false })).toBe("peer");
    expect(decide(topology, { database: "postgres", user: "postgres", address: "127.0.0.1", tls: true })).toBe("scram-sha-256");
    expect(decide(topology, { database: "postgres", user: "postgres", address: "127.0.0.1", tls: false })).toBe("reject");
  });

  it("nothing is accepted over the network without TLS", () => {
    expect(rows.filter(({ type, method }) => type === "host" && method !== "reject")).toEqual([]);
    const users = fc.constantFrom("stranger", ...Object.values(SYSTEM_ROLES), ...topology.logins.map(({ name }) => name));
    fc.assert(
      fc.property(anyDatabase, users, anyAddress, (database, user, address) => {
        expect(decide(topology, { database, user, address, tls: false })).toBe("reject");
      }),
    );
  });

  it("replication and rewind come from the nodes, by certificate, and to nothing else", () => {
    for (const address of peers) {
      expect(decide(topology, { database: null, user: SYSTEM_ROLES.replication, address, tls: true })).toBe("cert");
      expect(decide(topology, { database: "postgres", user: SYSTEM_ROLES.rewind, address, tls: true })).toBe("cert");
      expect(decide(topology, { database: "postgres", user: SYSTEM_ROLES.replication, address, tls: true })).toBe("reject");
      expect(decide(topology, { database: null, user: SYSTEM_ROLES.rewind, address, tls: true })).toBe("reject");
    }
    const users = fc.constantFrom(SYSTEM_ROLES.replication, SYSTEM_ROLES.rewind);
    fc.assert(
      fc.property(anyDatabase, users, anyAddress, (database, user, address) => {
        fc.pre(!peers.includes(address));
        expect(decide(topology, { database, user, address, tls: true })).toBe("reject");
      }),
    );
  });

  it("Patroni asks its own PostgreSQL for the timeline over the socket", () => {
    expect(decide(topology, { database: null, user: SYSTEM_ROLES.replication, address: null, tls: false })).toBe("peer map=patroni");
    expect(decide(topology, { database: "postgres", user: SYSTEM_ROLES.rewind, address: null, tls: false })).toBe("reject");
  });

  it("PgBouncer's lookup comes by the pooler's lane alone, by certificate, in every database", () => {
    for (const { name: database } of topology.databases) {
      for (const address of pooled) expect(decide(topology, { database, user: SYSTEM_ROLES.lookup, address, tls: true })).toBe("cert");
      for (const address of peers) expect(decide(topology, { database, user: SYSTEM_ROLES.lookup, address, tls: true })).toBe("reject");
    }
  });

  it("a login needs PgBouncer's certificate on the pooler's lane, and its own elsewhere where clients must have one", () => {
    for (const login of topology.logins) {
      for (const database of login.databases) {
        for (const address of pooled) {
          expect(decide(topology, { database, user: login.name, address, tls: true })).toBe("scram-sha-256 clientcert=verify-ca");
        }
        for (const address of topology.haproxy.map((member) => addressOf(member, "database"))) {
          expect(decide(topology, { database, user: login.name, address, tls: true })).toBe(`scram-sha-256${clients}`);
        }
      }
    }
  });

  it("a login reaches its own databases only, and never replication", () => {
    for (const login of topology.logins) {
      for (const database of databases.filter((name) => name === null || !login.databases.includes(name))) {
        for (const address of [...pooled, ...peers])
          expect(decide(topology, { database, user: login.name, address, tls: true })).toBe("reject");
      }
    }
  });

  it("a name that nobody declared is refused everywhere", () => {
    fc.assert(
      fc.property(anyDatabase, anyAddress, anyTls, (database, address, tls) => {
        expect(decide(topology, { database, user: "stranger", address, tls })).toBe("reject");
      }),
    );
  });
});

describe("a login's networks", () => {
  const BASE = "cluster: c\nnodes: { e: [etcd], n1: [postgresql], p: [haproxy, pgbouncer] }\ndatabases: { app: {} }\n";

  it("are the only ones that it may come from directly", () => {
    const topology = topologyOf(`${BASE}roles: { app: { from: [10.20.0.0/16] } }`);
    expect(decide(topology, { database: "app", user: "app", address: "10.20.3.4", tls: true })).toMatch(/^scram/);
    expect(decide(topology, { database: "app", user: "app", address: "10.21.3.4", tls: true })).toBe("reject");
  });

  it("cannot open a way for the superuser, wide as they are", () => {
    const topology = topologyOf(`${BASE}roles: { app: { from: [127.0.0.0/8, "0.0.0.0/0"] } }`);
    expect(decide(topology, { database: "app", user: "postgres", address: "127.0.0.2", tls: true })).toBe("reject");
  });
});

it("without a pooler there is no lane for one", () => {
  const topology = topologyOf("cluster: c\nnodes: { e: [etcd], n1: [postgresql], p: [haproxy] }");
  const rows = deriveHba(topology).flatMap((section) => section.rows);
  expect(rows.filter(({ option }) => option?.value === "verify-ca")).toEqual([]);
  expect(rows.filter(({ users }) => users.map(nameOf).includes(SYSTEM_ROLES.lookup)).map(({ method }) => method)).toEqual(["reject"]);
});
