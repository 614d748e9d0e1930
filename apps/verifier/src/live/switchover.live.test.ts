import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import { primaryOf, standbysOf, synchronousStandbyOf } from "../cluster/nodes.ts";
import { openSession, query } from "../cluster/sessions.ts";
import { liveCluster } from "./live-cluster.ts";
import { measured } from "./measured.ts";
import { settled } from "./settled.ts";
import { until } from "../cluster/until.ts";
import { leaveWhole, expectAccounted, inject, outagesAround, startWriteLoad, type WriteLoad } from "./write-load.ts";

const WHO = "SELECT current_setting('matriarch.node') AS node";

const cluster = await liveCluster();
const { facts } = cluster;
let load: WriteLoad;
let before: { readonly primary: BundleMember; readonly standby: BundleMember };
let direct: Client;
let pooled: Client;
let cut = false;

async function nodeOf(session: Client): Promise<string | undefined> {
  return (await session.query<{ node: string }>(WHO)).rows[0]?.node;
}

beforeAll(async () => {
  load = await startWriteLoad(cluster, "switchover");
  before = { primary: await primaryOf(cluster), standby: await synchronousStandbyOf(cluster) };
  direct = await openSession(facts, "app-direct-rw");
  pooled = await openSession(facts, "app_rw");
  direct.once("end", () => (cut = true));
  expect(await Promise.all([nodeOf(direct), nodeOf(pooled)])).toEqual([before.primary.name, before.primary.name]);

  const outages = await outagesAround(load, await inject(() => cluster.operate("switchover")), 60);
  measured("switchover", { from: before.primary.name, to: before.standby.name, ...outages });
});

afterAll(async () => {
  await pooled?.end();
  await leaveWhole(cluster, load);
});

test("A18: the synchronous standby is the primary after a switchover", async () => {
  expect((await primaryOf(cluster)).name).toBe(before.standby.name);
});

test.each(["app-direct-rw", "app_rw"])("A5: %s leads to the new primary", async (service) => {
  expect(await query(facts, service, WHO)).toEqual([{ node: before.standby.name }]);
});

test("A5: a session past the pooler is cut when its primary steps down", async () => {
  await until(async () => cut, { within: 5, what: "the session to the old primary is cut" });
});

test("A8: a session through the pooler lives on, on the new primary", async () => {
  expect(await nodeOf(pooled)).toBe(before.standby.name);
});

test("A18: the old primary follows as the synchronous standby", async () => {
  await settled(cluster);
  expect(await standbysOf(cluster, before.standby)).toContainEqual({ name: before.primary.name, state: "streaming", syncState: "sync" });
});

test("D3: no acknowledged write is lost by a switchover", async () => {
  await expectAccounted(load);
});
