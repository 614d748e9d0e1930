import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberWith, membersWith, publishedPort, type Relay } from "../cluster/cluster.ts";
import { environmentValue, readEnvironment } from "../cluster/environment.ts";
import { askHttps, type HttpsRequest } from "../cluster/https.ts";
import { identityOf, OPERATOR, OPERATOR_AT_ETCD } from "../cluster/identity.ts";
import { localQuery, primaryOf } from "../cluster/nodes.ts";
import { failureCode, openSession, query, type SessionOptions } from "../cluster/sessions.ts";
import { liveCluster } from "./live-cluster.ts";
import { until } from "../cluster/until.ts";

const cluster = await liveCluster();
const { facts } = cluster;

const WRITING = ["app_rw", "app-direct-rw"];
const READING = ["app_ro", "app-direct-ro"];
const WAYS = [...WRITING, ...READING];
/** PgBouncer has this one code for whatever it refuses before a session exists; PostgreSQL has one for each reason. */
const REFUSED_BY_POOLER = "08P01";

/** The authority is not the one that the client trusts; some servers send it along, some do not. */
const UNTRUSTED = /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

const table = `front_door_${Date.now().toString(36)}`;

/** Where a session of this service is, and as what. */
async function place(service: string, options: SessionOptions = {}): Promise<{ node: string; standby: boolean } | undefined> {
  const text = "SELECT current_setting('matriarch.node') AS node, pg_is_in_recovery() AS standby";
  return (await query<{ node: string; standby: boolean }>(facts, service, text, [], options))[0];
}

beforeAll(() => query(facts, "app-direct-rw", `CREATE TABLE ${table} (value text)`));
afterAll(() => query(facts, "app-direct-rw", `DROP TABLE IF EXISTS ${table}`));

describe("where a way leads", () => {
  test.each([...WRITING, "postgres_rw", "postgres-direct-rw"])("A5, A8: %s leads to the primary", async (service) => {
    expect(await place(service)).toEqual({ node: (await primaryOf(cluster)).name, standby: false });
  });

  test.each([...READING, "postgres_ro", "postgres-direct-ro"])("A5, A8: %s leads to a standby", async (service) => {
    const primary = await primaryOf(cluster);
    const found = await place(service);
    expect(found?.standby).toBe(true);
    expect(found?.node).not.toBe(primary.name);
  });

  test.each(WRITING)("A8: a row written through %s is read back there, and through every way to read", async (service) => {
    await query(facts, service, `INSERT INTO ${table} VALUES ($1)`, [service]);
    const count = async (way: string) => (await query(facts, way, `SELECT FROM ${table} WHERE value = $1`, [service])).length;
    expect(await count(service)).toBe(1);
    for (const way of READING) await until(async () => (await count(way)) === 1, { within: 10, what: `the row arrives at ${way}` });
  });

  test.each(READING)("A5: nothing is written through %s", async (service) => {
    expect(await failureCode(query(facts, service, `INSERT INTO ${table} VALUES ('read-only')`))).toBe("25006");
  });
});

describe("who is let in", () => {
  test.each(WAYS)("A9: %s proves its name, by an authority that the client trusts", async (service) => {
    expect(await failureCode(place(service))).toBeNull();
    expect(await failureCode(place(service, { serverName: "localhost" }))).toBeNull();
    expect(await failureCode(place(service, { serverName: "postgresql.example" }))).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(await failureCode(place(service, { authority: "pki/ca/etcd-ca.crt" }))).toMatch(UNTRUSTED);
  });

  test.each(WAYS)("A9: %s refuses a certificate of another authority", async (service) => {
    expect(await failureCode(place(service, { identity: identityOf("app") }))).toBeNull();
    expect(await failureCode(place(service, { identity: OPERATOR_AT_ETCD }))).toBe("ERR_SSL_TLSV1_ALERT_UNKNOWN_CA");
  });

  test.each(WAYS)("A9: %s refuses TLS 1.1", async (service) => {
    expect(await failureCode(place(service, { newestTls: "TLSv1.2" }))).toBeNull();
    await expect(place(service, { newestTls: "TLSv1.1" })).rejects.toThrow(/tlsv1 alert protocol version/);
  });

  test.each([
    ["app_rw", REFUSED_BY_POOLER],
    ["app_ro", REFUSED_BY_POOLER],
    ["app-direct-rw", "28000"],
    ["app-direct-ro", "28000"],
  ])("A9: %s refuses plain text", async (service, code) => {
    expect(await failureCode(place(service))).toBeNull();
    expect(await failureCode(place(service, { encrypted: false }))).toBe(code);
  });

  test.each([
    ["app_rw", REFUSED_BY_POOLER],
    ["app_ro", REFUSED_BY_POOLER],
    ["app-direct-rw", "28P01"],
    ["app-direct-ro", "28P01"],
  ])("A11: %s refuses a wrong password, and that of another role", async (service, code) => {
    const report = await environmentValue(facts, "ROLE_REPORT_PASSWORD");
    expect(await failureCode(place(service))).toBeNull();
    for (const password of ["wrong", report]) expect(await failureCode(place(service, { password }))).toBe(code);
  });

  test.each([
    ["app_rw", REFUSED_BY_POOLER],
    ["app-direct-rw", "28000"],
  ])("A8: %s knows no other database", async (service, code) => {
    for (const database of ["template1", "nothing"]) expect(await failureCode(place(service, { database }))).toBe(code);
  });

  test("A8: PgBouncer's console is not reached from outside", async () => {
    const password = await environmentValue(facts, "PGBOUNCER_ADMIN_PASSWORD");
    expect(await failureCode(place("app_rw", { database: "pgbouncer", user: "pgbouncer_admin", password }))).toBe(REFUSED_BY_POOLER);
    expect(await failureCode(place("app_rw", { database: "pgbouncer" }))).toBe(REFUSED_BY_POOLER);
  });
});

describe("what an application may do", () => {
  test("A11: the owner makes tables in its database, its reader reads them and makes none", async () => {
    expect(await failureCode(query(facts, "app_rw-report", `SELECT FROM ${table}`))).toBeNull();
    expect(await failureCode(query(facts, "app_rw-report", `INSERT INTO ${table} VALUES ('report')`))).toBe("42501");
    expect(await failureCode(query(facts, "app_rw-report", "CREATE TABLE public.made_by_report ()"))).toBe("42501");
    expect(await failureCode(query(facts, "app_rw-report", "CREATE SCHEMA made_by_report"))).toBe("42501");
  });

  test.each([
    "COPY (SELECT 1) TO PROGRAM 'true'",
    `COPY ${table} FROM PROGRAM 'id'`,
    "COPY pg_class TO '/tmp/copied'",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_promote()",
    "SELECT pg_reload_conf()",
    "SELECT pgbouncer.lookup('app')",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
    "CREATE ROLE made_by_app",
    "SET ROLE postgres",
  ])("A11: an application may not %s", async (text) => {
    expect(await failureCode(query(facts, "app_rw", text))).toBe("42501");
  });

  test("A11: nobody changes the configuration past Patroni, the superuser neither", async () => {
    const text = "ALTER SYSTEM SET work_mem = '1MB'";
    expect(await failureCode(query(facts, "app_rw", text))).toBe("0A000");
    await expect(localQuery(cluster, await primaryOf(cluster), text)).rejects.toThrow(/ALTER SYSTEM is not allowed/);
  });

  test("A11: every password in PostgreSQL is a SCRAM verifier", async () => {
    const having = (condition: string) => `SELECT rolname FROM pg_authid WHERE rolpassword ${condition} ORDER BY 1`;
    const primary = await primaryOf(cluster);
    expect(await localQuery(cluster, primary, having("LIKE 'SCRAM-SHA-256$%'"))).toEqual(["app", "monitor", "postgres", "report"]);
    expect(await localQuery(cluster, primary, having("NOT LIKE 'SCRAM-SHA-256$%'"))).toEqual([]);
  });

  test("A5: a role has no more sessions than its limit", async () => {
    const open = [];
    try {
      const sessions = Array.from({ length: 21 }, () =>
        openSession(facts, "app-direct-rw", { user: "report", identity: identityOf("report") }),
      );
      const settled = await Promise.allSettled(sessions);
      open.push(...settled.flatMap((session) => (session.status === "fulfilled" ? [session.value] : [])));
      const refused = settled.flatMap((session) => (session.status === "rejected" ? [failureCode(Promise.reject(session.reason))] : []));
      expect(new Set(await Promise.all(refused))).toEqual(new Set(["53300"]));
      // The pooler may hold some of them.
      const count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'report'";
      expect(await localQuery(cluster, await primaryOf(cluster), count)).toEqual(["20"]);
    } finally {
      await Promise.all(open.map((session) => session.end()));
    }
  });
});

describe("HAProxy's statistics", () => {
  const haproxy = memberWith(facts, "haproxy");
  const ask = (path: string, credentials?: HttpsRequest["credentials"]) =>
    askHttps(facts, { port: publishedPort(haproxy, 7000), path, identity: null, ...(credentials && { credentials }) });

  test.each([
    ["/", "Statistics Report"],
    ["/;csv", "# pxname,svname"],
    ["/;json", '"objType":"Frontend"'],
    ["/metrics", "haproxy_process_nbthread"],
  ])("A5: %s is for its own user only", async (path, content) => {
    const user = (await readEnvironment(facts)).get("ADMIN_HAPROXY_USER") ?? "ha_admin";
    const password = await environmentValue(facts, "ADMIN_HAPROXY_PASSWORD");
    const answer = await ask(path, { user, password });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining(content) });
    expect((await ask(path)).status).toBe(401);
    expect((await ask(path, { user, password: "wrong" })).status).toBe(401);
    expect((await ask(path, { user: "app", password: await environmentValue(facts, "ROLE_APP_PASSWORD") })).status).toBe(401);
  });

  test("A5: every node answers its checks: one primary, the others replicas", async () => {
    const user = (await readEnvironment(facts)).get("ADMIN_HAPROXY_USER") ?? "ha_admin";
    const { body } = await ask("/;csv", { user, password: await environmentValue(facts, "ADMIN_HAPROXY_PASSWORD") });
    const rows = body.split("\n").map((line) => line.split(","));
    const up = (backend: string) => rows.filter((row) => row[0] === backend && row[17]?.startsWith("UP")).map((row) => row[1]);
    const primary = await primaryOf(cluster);
    const others = membersWith(facts, "postgresql").filter((node) => node !== primary);
    expect(up("rw")).toContain(primary.name);
    expect(up("rw").filter((name) => name !== "BACKEND")).toHaveLength(1);
    expect(up("ro_replicas").filter((name) => name !== "BACKEND")).toEqual(others.map(({ name }) => name));
  });
});

describe.each(membersWith(facts, "postgresql"))("Patroni's API on $name", (node) => {
  const ask = (asked: Omit<HttpsRequest, "port">) => askHttps(facts, { port: publishedPort(node, 8008), ...asked });

  test("A4, A9: it answers over TLS, to who trusts its authority", async () => {
    expect(await ask({ path: "/health", identity: OPERATOR })).toMatchObject({ status: 200, body: expect.stringContaining('"running"') });
    expect(await failureCode(ask({ path: "/health", identity: OPERATOR, authority: "pki/ca/etcd-ca.crt" }))).toBe(
      "SELF_SIGNED_CERT_IN_CHAIN",
    );
  });

  test("A4, A10: nobody asks without a certificate of the cluster's authority", async () => {
    expect(await failureCode(ask({ path: "/health", identity: null }))).toBe("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED");
    expect(await failureCode(ask({ path: "/health", identity: OPERATOR_AT_ETCD }))).toBe("ERR_SSL_TLSV1_ALERT_UNKNOWN_CA");
  });

  test.each([
    "POST /reload",
    "PATCH /config",
    "POST /switchover",
    "POST /restart",
    "POST /reinitialize",
    "DELETE /switchover",
    "PUT /config",
  ])("A4: %s is refused without a password, and with a wrong one", async (verb) => {
    const [method, path] = verb.split(" ") as ["POST" | "PATCH" | "DELETE" | "PUT", string];
    const asked = { method, path, identity: OPERATOR, body: {} } as const;
    expect((await ask(asked)).status).toBe(401);
    expect((await ask({ ...asked, credentials: { user: "patroni", password: "wrong" } })).status).toBe(401);
  });

  test("A4: certificate and password together may change something", async () => {
    const credentials = { user: "patroni", password: await environmentValue(facts, "PATRONI_REST_PASSWORD") };
    expect((await ask({ method: "POST", path: "/reload", identity: OPERATOR, credentials, body: {} })).status).toBe(202);
    const same = { loop_wait: facts.timings.loopWait };
    expect((await ask({ method: "PATCH", path: "/config", identity: OPERATOR, credentials, body: same })).status).toBe(200);
  });

  test("A11: no answer holds a password", async () => {
    const { stringify } = JSON;
    const answers = await Promise.all(
      ["/config", "/cluster", "/patroni", "/metrics", "/history"].map((path) => ask({ path, identity: OPERATOR })),
    );
    const passwords = [...(await readEnvironment(facts))].filter(([variable]) => variable.endsWith("_PASSWORD"));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(passwords.filter(([, password]) => stringify(answers).includes(password)).map(([variable]) => variable)).toEqual([]);
  });
});

describe.each(membersWith(facts, "etcd"))("etcd on $name", (member) => {
  let relay: Relay;
  beforeAll(async () => (relay = await cluster.relay(member, "localhost", 2379)));
  afterAll(() => relay.close());

  const ask = (asked: Partial<HttpsRequest> & Pick<HttpsRequest, "path">) =>
    askHttps(facts, { port: relay.port, identity: OPERATOR_AT_ETCD, authority: "pki/ca/etcd-ca.crt", ...asked });
  const call = (path: string, body: unknown, token?: string) =>
    ask({ path, method: "POST", body, ...(token === undefined ? {} : { token }) });
  const logIn = async (name: string, password: string) => {
    const { status, body } = await call("/v3/auth/authenticate", { name, password });
    return { status, token: status === 200 ? (JSON.parse(body) as { token: string }).token : "" };
  };
  const key = (text: string) => ({ key: Buffer.from(text).toString("base64") });

  test("A3, A9: it is healthy, over TLS, and answers who presents a certificate of etcd's authority", async () => {
    expect(await ask({ path: "/health" })).toMatchObject({ status: 200, body: expect.stringContaining('"health":"true"') });
    expect(await failureCode(ask({ path: "/health", authority: "pki/ca/cluster-ca.crt" }))).toMatch(UNTRUSTED);
    expect(await failureCode(ask({ path: "/health", identity: null }))).toBe("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED");
    expect(await failureCode(ask({ path: "/health", identity: OPERATOR }))).toMatch(
      /^ERR_SSL_TLSV1_ALERT_(UNKNOWN_CA|BAD_CERTIFICATE)$|^ERR_SSL_/,
    );
  });

  test("A3: a certificate alone reads nothing", async () => {
    expect((await call("/v3/kv/range", key(`/service/${facts.scope}/leader`))).status).not.toBe(200);
  });

  test("A3: wrong passwords and each other's are refused", async () => {
    const root = await environmentValue(facts, "ETCD_ROOT_PASSWORD");
    const patroni = await environmentValue(facts, "ETCD_PATRONI_PASSWORD");
    expect((await logIn("root", root)).status).toBe(200);
    expect((await logIn("patroni", patroni)).status).toBe(200);
    for (const [name, password] of [
      ["root", patroni],
      ["patroni", root],
      ["root", "wrong"],
    ] as const) {
      expect((await logIn(name, password)).status).toBe(400);
    }
  });

  test("A3: Patroni reads and writes below its prefix and nowhere else; root reads everything", async () => {
    const root = await logIn("root", await environmentValue(facts, "ETCD_ROOT_PASSWORD"));
    const patroni = await logIn("patroni", await environmentValue(facts, "ETCD_PATRONI_PASSWORD"));
    const inside = `/service/${facts.scope}/leader`;
    expect((await call("/v3/kv/range", key(inside), patroni.token)).body).toContain('"kvs"');
    for (const outside of ["/service/", `/service/${facts.scope}`, `/service/${facts.scope}2/leader`, "/other"]) {
      expect((await call("/v3/kv/range", key(outside), patroni.token)).status).toBe(403);
      expect((await call("/v3/kv/put", { ...key(outside), value: "" }, patroni.token)).status).toBe(403);
      expect((await call("/v3/kv/range", key(outside), root.token)).status).toBe(200);
    }
    expect((await call("/v3/auth/user/list", {}, patroni.token)).status).toBe(403);
    expect(JSON.parse((await call("/v3/auth/user/list", {}, root.token)).body)).toMatchObject({ users: ["patroni", "root"] });
  });
});
