import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cluster, memberWith, membersWith, publishedPort } from "../cluster/cluster.ts";
import { environmentValue, readEnvironment } from "../cluster/environment.ts";
import { askHttps, type HttpsRequest } from "../cluster/https.ts";
import { type Identity, identityOf, OPERATOR, OPERATOR_AT_ETCD } from "../cluster/identity.ts";
import { localQuery, primaryOf, standbysOf } from "../cluster/nodes.ts";
import { withRelay } from "../cluster/relay.ts";
import { failureCode, openSession, query, type SessionOptions } from "../cluster/sessions.ts";
import { access } from "../matrix/access/index.ts";
import { tryProbe } from "../matrix/probe.ts";
import { addressesFrom, liveCluster, type Reconfigured, reconfigured } from "./live-cluster.ts";
import { measured } from "./measured.ts";
import { settled } from "./settled.ts";
import { until } from "../cluster/until.ts";

const original = await liveCluster();
const nodes = membersWith(original.facts, "postgresql");

const POOLED = ["app_rw", "app_ro"];
const DIRECT = ["app-direct-rw", "app-direct-ro"];
const WAYS = [...POOLED, ...DIRECT];
const NO_CERTIFICATE_AT_TLS = "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED";
const table = `client_certificates_${Date.now().toString(36)}`;

function logIn(cluster: Cluster, service: string, options: SessionOptions = {}): Promise<string | null> {
  return failureCode(query(cluster.facts, service, "SELECT 1", [], options));
}

function askPatroni({ facts }: Cluster, asked: Omit<HttpsRequest, "port">) {
  return askHttps(facts, { port: publishedPort(memberWith(facts, "postgresql"), 8008), ...asked });
}

/** What a change of settings must not touch: who is primary, and since when each server runs. */
async function lifetimes(cluster: Cluster): Promise<string[]> {
  const started = await Promise.all(nodes.map((node) => localQuery(cluster, node, "SELECT pg_postmaster_start_time()")));
  return [(await primaryOf(cluster)).name, ...started.flat()];
}

/** Machines present their certificates in both positions of the switch. */
async function expectMachinesHeld(cluster: Cluster): Promise<void> {
  const primary = await primaryOf(cluster);
  const methods =
    "SELECT DISTINCT auth_method FROM pg_hba_file_rules WHERE user_name && '{replicator,rewinder,pgbouncer}' AND type = 'hostssl'";
  expect(await localQuery(cluster, primary, methods)).toEqual(["cert"]);

  const streaming = (await standbysOf(cluster, primary)).filter(({ state }) => state === "streaming");
  expect(streaming).toHaveLength(nodes.length - 1);
  const names = (role: string) =>
    `SELECT DISTINCT client_dn FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = '${role}' AND client_addr IS NOT NULL`;
  expect(await localQuery(cluster, primary, names("replicator"))).toEqual([`/O=${cluster.facts.scope}/CN=replicator`]);
  expect(await localQuery(cluster, primary, names("pgbouncer"))).toEqual([`/O=${cluster.facts.scope}/CN=pgbouncer`]);

  const balancer = memberWith(cluster.facts, "haproxy");
  const credentials = {
    user: (await readEnvironment(cluster.facts)).get("ADMIN_HAPROXY_USER") ?? "ha_admin",
    password: await environmentValue(cluster.facts, "ADMIN_HAPROXY_PASSWORD"),
  };
  const up = async () => {
    const { body } = await askHttps(cluster.facts, { port: publishedPort(balancer, 7000), path: "/;csv", identity: null, credentials });
    const servers = body
      .split("\n")
      .map((line) => line.split(","))
      .filter((row) => row[17] === "UP" && row[1] !== "BACKEND");
    return (
      servers.filter(([backend]) => backend === "rw").length === 1 && servers.filter(([backend]) => backend === "ro_replicas").length === 2
    );
  };
  await until(up, { within: 10, what: "the balancer's checks find one primary and two replicas" });
}

/** The lane of the pooler: whoever comes from there shows the pooler's certificate, whatever is asked of clients. */
async function expectLaneHeld(cluster: Cluster): Promise<void> {
  const balancer = memberWith(cluster.facts, "haproxy");
  // One of them is in the lane.
  const addresses = addressesFrom(balancer, memberWith(cluster.facts, "postgresql"));
  const codes = await Promise.all(
    addresses.map((host) =>
      withRelay(cluster, { from: balancer, host, port: 5432 }, (port) => {
        const present = (identity: Identity | null) => logIn(cluster, "app-direct-rw", { port, identity });
        return Promise.all([present(identityOf("app")), present(null)]);
      }),
    ),
  );
  expect(codes).toContainEqual([null, "28000"]);
}

async function expectEtcdHeld(cluster: Cluster): Promise<void> {
  await withRelay(cluster, { from: memberWith(cluster.facts, "etcd"), port: 2379 }, async (port) => {
    const ask = (identity: HttpsRequest["identity"]) =>
      askHttps(cluster.facts, { port, path: "/health", authority: "pki/ca/etcd-ca.crt", identity });
    expect((await ask(OPERATOR_AT_ETCD)).status).toBe(200);
    expect(await failureCode(ask(null))).toBe(NO_CERTIFICATE_AT_TLS);
  });
}

beforeAll(async () => {
  await settled(original);
  await query(original.facts, "app-direct-rw", `CREATE TABLE ${table} (value int)`);
});
afterAll(() => query(original.facts, "app-direct-rw", `DROP TABLE IF EXISTS ${table}`));

describe("VERIFY_CLIENT_CERT=true", () => {
  test("A10: it is the default", async () => {
    expect((await readEnvironment(original.facts)).has("VERIFY_CLIENT_CERT")).toBe(false);
    expect(original.facts.clientCertificates).toBe(true);
  });

  test.each(POOLED)("A10: %s refuses a password without a certificate", async (service) => {
    expect(await logIn(original, service)).toBeNull();
    expect(await logIn(original, service, { identity: null })).toBe(NO_CERTIFICATE_AT_TLS);
  });

  test.each(DIRECT)("A10: %s refuses a password without a certificate, and with that of another role", async (service) => {
    expect(await logIn(original, service)).toBeNull();
    expect(await logIn(original, service, { identity: null })).toBe("28000");
    expect(await logIn(original, service, { identity: identityOf("report") })).toBe("28P01");
    expect(await logIn(original, service, { identity: OPERATOR })).toBe("28P01");
  });

  test("A10: Patroni's API is closed to who has no certificate", async () => {
    expect((await askPatroni(original, { path: "/health", identity: OPERATOR })).status).toBe(200);
    expect(await failureCode(askPatroni(original, { path: "/health", identity: null }))).toBe(NO_CERTIFICATE_AT_TLS);
  });

  test("A9: machines present theirs", async () => {
    await expectMachinesHeld(original);
    await expectLaneHeld(original);
    await expectEtcdHeld(original);
  });
});

describe("VERIFY_CLIENT_CERT=false", () => {
  let changed: Reconfigured;
  let before: string[];
  let sessions: Client[];

  beforeAll(async () => {
    await query(original.facts, "app-direct-rw", `INSERT INTO ${table} VALUES (1)`);
    before = await lifetimes(original);
    sessions = await Promise.all(WAYS.map((service) => openSession(original.facts, service)));
    const start = performance.now();
    changed = await reconfigured(original, { VERIFY_CLIENT_CERT: "false" });
    measured("VERIFY_CLIENT_CERT from true to false", { renderedAndUp: (performance.now() - start) / 1000 });
  });
  afterAll(async () => {
    await Promise.all(sessions?.map((session) => session.end()) ?? []);
    await changed?.restore();
  });

  /** Patroni reads its file at its next round, and PostgreSQL once more. */
  const takenOver = (what: string, met: () => Promise<boolean>) => until(met, { within: original.facts.timings.loopWait + 5, what });

  test("A10: the bundle tells of no certificate", () => {
    expect(changed.cluster.facts.clientCertificates).toBe(false);
  });

  test.each(WAYS)("A10: %s takes a password without a certificate, and with the role's own", async (service) => {
    await takenOver(`${service} is open`, async () => (await logIn(changed.cluster, service, { identity: null })) === null);
    expect(await logIn(changed.cluster, service, { identity: identityOf("app") })).toBeNull();
  });

  test.each(POOLED)("A10: %s still wants the right password, TLS and no other authority's certificate", async (service) => {
    expect(await logIn(changed.cluster, service, { identity: null, password: "wrong" })).toBe("08P01");
    expect(await logIn(changed.cluster, service, { encrypted: false })).toBe("08P01");
  });

  test.each(DIRECT)("A10: %s still wants the right password and TLS", async (service) => {
    expect(await logIn(changed.cluster, service, { identity: null, password: "wrong" })).toBe("28P01");
    expect(await logIn(changed.cluster, service, { encrypted: false })).toBe("28000");
    const password = await environmentValue(changed.cluster.facts, "POSTGRES_PASSWORD");
    expect(await logIn(changed.cluster, service, { identity: null, user: "postgres", password })).toBe("28000");
  });

  test("A10: Patroni's API answers everybody, and obeys certificate and password together", async () => {
    await takenOver("the API is open", async () => (await askPatroni(changed.cluster, { path: "/health", identity: null })).status === 200);
    const credentials = { user: "patroni", password: await environmentValue(changed.cluster.facts, "PATRONI_REST_PASSWORD") };
    const reload = async (asked: Pick<HttpsRequest, "identity" | "credentials">) =>
      (await askPatroni(changed.cluster, { method: "POST", path: "/reload", body: {}, ...asked })).status;
    expect(await reload({ identity: OPERATOR, credentials })).toBe(202);
    expect(await reload({ identity: OPERATOR })).toBe(401);
    expect(await reload({ identity: OPERATOR, credentials: { ...credentials, password: "wrong" } })).toBe(401);
    expect(await reload({ identity: null, credentials })).toBe(403);
    expect(await reload({ identity: null })).toBe(403);
  });

  test("A9, A10: machines still present theirs", async () => {
    await expectMachinesHeld(changed.cluster);
    await expectLaneHeld(changed.cluster);
    await expectEtcdHeld(changed.cluster);
  });

  test.each(access.probes)("A10, D4: still, $text", { timeout: access.limit * 1000 }, async (probe) => {
    const { verdict, reason } = await tryProbe(probe, changed.cluster, { seed: 1, rate: 50, threads: 4, duration: 10 });
    expect({ verdict, reason }).toEqual({ verdict: "pass", reason: null });
  });

  test("A10: the change restarts no server, moves no primary, and loses no session and no row", async () => {
    expect(await lifetimes(changed.cluster)).toEqual(before);
    for (const session of sessions) expect((await session.query(`SELECT value FROM ${table}`)).rows).toEqual([{ value: 1 }]);
  });

  test("A10: it goes back to true in the same way", async () => {
    await changed.restore();
    await until(async () => (await logIn(original, "app-direct-rw", { identity: null })) === "28000", {
      within: original.facts.timings.loopWait + 5,
      what: "PostgreSQL wants a certificate again",
    });
    for (const service of WAYS) expect(await logIn(original, service)).toBeNull();
    for (const service of POOLED) expect(await logIn(original, service, { identity: null })).toBe(NO_CERTIFICATE_AT_TLS);
    await until(async () => (await failureCode(askPatroni(original, { path: "/health", identity: null }))) === NO_CERTIFICATE_AT_TLS, {
      within: original.facts.timings.loopWait + 5,
      what: "Patroni wants a certificate again",
    });
    expect(await lifetimes(original)).toEqual(before);
    await settled(original);
  });
});
