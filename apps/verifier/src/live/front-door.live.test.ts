import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { membersWith, publishedPort } from "../cluster/cluster.ts";
import { environmentValue } from "../cluster/environment.ts";
import { askHttps, type HttpsRequest } from "../cluster/https.ts";
import { OPERATOR } from "../cluster/identity.ts";
import { localQuery, primaryOf } from "../cluster/nodes.ts";
import { failureCode, query } from "../cluster/sessions.ts";
import { liveCluster } from "./live-cluster.ts";
import { until } from "../cluster/until.ts";

const cluster = await liveCluster();
const { facts } = cluster;

const WRITING = ["app_rw", "app-direct-rw"];
const READING = ["app_ro", "app-direct-ro"];
const table = `front_door_${Date.now().toString(36)}`;

/** Where a session of this service is, and as what. */
async function place(service: string): Promise<{ node: string; standby: boolean } | undefined> {
  const text = "SELECT current_setting('matriarch.node') AS node, pg_is_in_recovery() AS standby";
  return (await query<{ node: string; standby: boolean }>(facts, service, text))[0];
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

describe("what an application may do", () => {
  test("A11: the owner makes tables in its database, its reader reads them and makes none", async () => {
    expect(await failureCode(query(facts, "app_rw-report", `SELECT FROM ${table}`))).toBeNull();
    expect(await failureCode(query(facts, "app_rw-report", `INSERT INTO ${table} VALUES ('report')`))).toBe("42501");
    expect(await failureCode(query(facts, "app_rw-report", "CREATE TABLE public.made_by_report ()"))).toBe("42501");
    expect(await failureCode(query(facts, "app_rw-report", "CREATE SCHEMA made_by_report"))).toBe("42501");
  });

  test("A11: nobody changes the configuration past Patroni, the superuser neither", async () => {
    const text = "ALTER SYSTEM SET work_mem = '1MB'";
    await expect(localQuery(cluster, await primaryOf(cluster), text)).rejects.toThrow(/ALTER SYSTEM is not allowed/);
  });
});

describe.each(membersWith(facts, "postgresql"))("Patroni's API on $name", (node) => {
  const ask = (asked: Omit<HttpsRequest, "port">) => askHttps(facts, { port: publishedPort(node, 8008), ...asked });

  test("A4: certificate and password together may change something", async () => {
    const credentials = { user: "patroni", password: await environmentValue(facts, "PATRONI_REST_PASSWORD") };
    expect((await ask({ method: "POST", path: "/reload", identity: OPERATOR, credentials, body: {} })).status).toBe(202);
    const same = { loop_wait: facts.timings.loopWait };
    expect((await ask({ method: "PATCH", path: "/config", identity: OPERATOR, credentials, body: same })).status).toBe(200);
  });
});
