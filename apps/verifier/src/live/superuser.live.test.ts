import { describe, expect, test } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import { membersWith, memberWith, publishedPort, type Relay } from "../cluster/cluster.ts";
import { environmentValue } from "../cluster/environment.ts";
import { identityOf, type Identity, machineIdentity } from "../cluster/identity.ts";
import { localQuery } from "../cluster/nodes.ts";
import { failureCode, openSession, query, type SessionOptions } from "../cluster/sessions.ts";
import { liveCluster } from "./live-cluster.ts";

const cluster = await liveCluster();
const { facts } = cluster;
const nodes = membersWith(facts, "postgresql");
const password = await environmentValue(facts, "POSTGRES_PASSWORD");

const REFUSED_BY_POOLER = "08P01";
const REFUSED_BY_HBA = "28000";
/** Roles of the machinery: they have no password, so that none can be right. */
const MACHINES = ["replicator", "rewinder", "pgbouncer"];

async function logIn(service: string, options: SessionOptions): Promise<string> {
  const [row] = await query<{ role: string }>(facts, service, "SELECT current_user AS role", [], options);
  return row?.role ?? "";
}

async function withRelay<Value>(from: BundleMember, host: string, work: (relay: Relay) => Promise<Value>): Promise<Value> {
  const relay = await cluster.relay(from, host, 5432);
  try {
    return await work(relay);
  } finally {
    relay.close();
  }
}

/** A session with PostgreSQL on a node, dialled by the name or address `host` from another member. */
function logInFrom(from: BundleMember, host: string, options: SessionOptions): Promise<string> {
  return withRelay(from, host, ({ port }) => logIn("postgres-direct-rw", { ...options, port }));
}

describe.each(nodes)("on $name itself", (node) => {
  test("A12: the superuser is accepted on the socket, without a password", async () => {
    expect(await localQuery(cluster, node, "SELECT current_user, inet_client_addr() IS NULL")).toEqual(["postgres|t"]);
  });

  test("A12: the superuser is accepted on 127.0.0.1, with the password only, and over TLS only", async () => {
    const there = (options: SessionOptions) => logInFrom(node, "127.0.0.1", { user: "postgres", identity: null, ...options });
    expect(await there({ password })).toBe("postgres");
    expect(await failureCode(there({ password: "wrong" }))).toBe("28P01");
    expect(await failureCode(there({ password, encrypted: false }))).toBe(REFUSED_BY_HBA);
  });

  test("A12: the superuser is refused on the node's own address", async () => {
    expect(await failureCode(logInFrom(node, node.name, { user: "postgres", password }))).toBe(REFUSED_BY_HBA);
    expect(await logInFrom(node, node.name, {})).toBe("app");
  });
});

describe("through the front door", () => {
  const pooled = [...facts.services].filter(([, { port }]) => port === facts.services.get("app_rw")?.["port"]).map(([name]) => name);
  const direct = [...facts.services.keys()].filter((name) => name.includes("-direct-"));

  test.each(pooled)("A12: the superuser is refused by PgBouncer at %s", async (service) => {
    expect(await failureCode(logIn(service, {}))).toBeNull();
    expect(await failureCode(logIn(service, { user: "postgres", password }))).toBe(REFUSED_BY_POOLER);
  });

  test.each(direct)("A12: the superuser is refused through HAProxy at %s", async (service) => {
    expect(await failureCode(logIn(service, {}))).toBeNull();
    expect(await failureCode(logIn(service, { user: "postgres", password }))).toBe(REFUSED_BY_HBA);
  });

  test.each(MACHINES)("A12: %s is refused with any password, at every way in", async (user) => {
    for (const service of pooled) expect(await failureCode(logIn(service, { user, password }))).toBe(REFUSED_BY_POOLER);
    for (const service of direct) expect(await failureCode(logIn(service, { user, password }))).toBe(REFUSED_BY_HBA);
  });
});

describe.each(nodes)("at the operator's port of $name", (node) => {
  const port = publishedPort(node, 5432);

  test("A12: the superuser is refused with its password, the monitor is not", async () => {
    expect(await logIn("postgres_rw-monitor", { port, database: "postgres" })).toBe("monitor");
    expect(await failureCode(logIn("postgres-direct-rw", { port, user: "postgres", password }))).toBe(REFUSED_BY_HBA);
  });

  test.each(MACHINES)("A12: %s is refused", async (user) => {
    expect(await failureCode(logIn("postgres-direct-rw", { port, user, password }))).toBe(REFUSED_BY_HBA);
  });
});

describe("from inside the cluster's networks", () => {
  const neighbours = facts.members.filter(({ role }) => role !== "pgbouncer");
  const dial = (from: BundleMember, host: string) => cluster.run(from, ["timeout", "3", "bash", "-c", 'exec 3<>"/dev/tcp/$0/5432"', host]);

  test.each(neighbours)("A12: the superuser is refused on every other node when it comes from $name", async (from) => {
    for (const node of nodes.filter((candidate) => candidate !== from)) {
      expect(await logInFrom(from, node.name, {}), `control: ${node.name}`).toBe("app");
      expect(await failureCode(logInFrom(from, node.name, { user: "postgres", password })), node.name).toBe(REFUSED_BY_HBA);
    }
  });

  test.each(neighbours)("A12: roles of the machinery are refused a password when they come from $name", async (from) => {
    const [node] = nodes.filter((candidate) => candidate !== from);
    for (const user of MACHINES) {
      expect(await failureCode(logInFrom(from, node?.name ?? "", { user, password })), user).toBe(REFUSED_BY_HBA);
    }
  });

  test("A8: PgBouncer reaches PostgreSQL through the balancer only", async () => {
    const reachable = async (from: BundleMember, node: BundleMember) => {
      const dialled = await Promise.all(node.addresses.map((address) => dial(from, address)));
      return dialled.some(({ exitCode }) => exitCode === 0);
    };
    const reached = (from: BundleMember) => Promise.all(nodes.map((node) => reachable(from, node)));
    expect(await reached(memberWith(facts, "haproxy"))).toEqual(nodes.map(() => true));
    expect(await reached(memberWith(facts, "pgbouncer"))).toEqual(nodes.map(() => false));
  });
});

describe("roles of the machinery, with their own certificates", () => {
  const [from, to] = nodes;
  if (!from || !to) throw new Error("no second node");
  const as = (user: string, identity: Identity, options: SessionOptions = {}) => ({
    user,
    identity,
    password: "",
    database: "postgres",
    ...options,
  });
  const streams = (options: SessionOptions) =>
    withRelay(from, to.name, async ({ port }) => {
      const session = await openSession(facts, "postgres-direct-rw", { ...options, port, replication: true });
      try {
        return (await session.query("IDENTIFY_SYSTEM")).rows.length;
      } finally {
        await session.end();
      }
    });

  test("A12: the replication role streams, and has no session in a database", async () => {
    const replicator = as("replicator", machineIdentity(from, "replication"));
    expect(await streams(replicator)).toBe(1);
    expect(await failureCode(logInFrom(from, to.name, replicator))).toBe(REFUSED_BY_HBA);
  });

  test("A12: the rewind role has a session, and does not stream", async () => {
    const rewinder = as("rewinder", machineIdentity(from, "rewind"));
    expect(await logInFrom(from, to.name, rewinder)).toBe("rewinder");
    expect(await failureCode(streams(rewinder))).toBe(REFUSED_BY_HBA);
  });

  test("A12: nobody else streams: not an application, not the superuser", async () => {
    expect(await failureCode(streams({ user: "app", identity: identityOf("app") }))).toBe(REFUSED_BY_HBA);
    expect(await failureCode(streams({ user: "postgres", password }))).toBe(REFUSED_BY_HBA);
  });

  test("A12: a certificate opens its own role only", async () => {
    for (const certificate of ["rewind", "server", "rest", "rest-client"]) {
      expect(await failureCode(streams(as("replicator", machineIdentity(from, certificate)))), certificate).not.toBeNull();
    }
    expect(await failureCode(logInFrom(from, to.name, as("postgres", machineIdentity(from, "rewind"))))).toBe(REFUSED_BY_HBA);
  });

  test("A12: the pooler's lookup role is accepted on the pooler's lane only", async () => {
    const lookup = as("pgbouncer", machineIdentity(memberWith(facts, "pgbouncer"), "lookup"));
    const balancer = memberWith(facts, "haproxy");
    const codes = await Promise.all(
      to.addresses.map((address) => failureCode(logInFrom(balancer, address, { ...lookup, connectTimeout: 2000 }))),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(await failureCode(logInFrom(from, to.name, lookup))).toBe(REFUSED_BY_HBA);
    expect(await failureCode(logIn("postgres-direct-rw", lookup))).toBe(REFUSED_BY_HBA);
  });
});
