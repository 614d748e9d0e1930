import { describe, expect, test } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import { membersWith, memberWith } from "../cluster/cluster.ts";
import { environmentValue } from "../cluster/environment.ts";
import { type Identity, machineIdentity } from "../cluster/identity.ts";
import { localQuery } from "../cluster/nodes.ts";
import { withRelay } from "../cluster/relay.ts";
import { failureCode, openSession, query, type SessionOptions } from "../cluster/sessions.ts";
import { addressesFrom, liveCluster } from "./live-cluster.ts";

const cluster = await liveCluster();
const { facts } = cluster;
const nodes = membersWith(facts, "postgresql");
const password = await environmentValue(facts, "POSTGRES_PASSWORD");

const REFUSED_BY_HBA = "28000";

async function logIn(service: string, options: SessionOptions): Promise<string> {
  const [row] = await query<{ role: string }>(facts, service, "SELECT current_user AS role", [], options);
  return row?.role ?? "";
}

/** A session with PostgreSQL on a node, dialled by the name or address `host` from another member. */
function logInFrom(from: BundleMember, host: string, options: SessionOptions): Promise<string> {
  return withRelay(cluster, { from, host, port: 5432 }, (port) => logIn("postgres-direct-rw", { ...options, port }));
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
    withRelay(cluster, { from, host: to.name, port: 5432 }, async (port) => {
      const session = await openSession(facts, "postgres-direct-rw", { ...options, port, replication: true });
      try {
        return (await session.query("IDENTIFY_SYSTEM")).rows.length;
      } finally {
        await session.end();
      }
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
    const codes = await Promise.all(addressesFrom(balancer, to).map((address) => failureCode(logInFrom(balancer, address, lookup))));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === REFUSED_BY_HBA)).toHaveLength(codes.length - 1);
    expect(await failureCode(logInFrom(from, to.name, lookup))).toBe(REFUSED_BY_HBA);
    expect(await failureCode(logIn("postgres-direct-rw", lookup))).toBe(REFUSED_BY_HBA);
  });
});
