import { afterAll, beforeAll, expect, test } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import { primaryOf, standbysOf, synchronousStandbyOf } from "../cluster/nodes.ts";
import { liveCluster } from "./live-cluster.ts";
import { measured } from "./measured.ts";
import { startReadLoad } from "./read-load.ts";
import { settled } from "./settled.ts";
import { until } from "../cluster/until.ts";
import { leaveWhole, expectAccounted, inject, outagesAround, startWriteLoad, type WriteLoad } from "./write-load.ts";

const cluster = await liveCluster();
const { facts } = cluster;
const { ttl, loopWait } = facts.timings;

let load: WriteLoad;
let primary: BundleMember;
let standby: BundleMember;
let outages: Record<string, number>;
let silences: Record<string, number>;

beforeAll(async () => {
  load = await startWriteLoad(cluster, "standby_loss");
  primary = await primaryOf(cluster);
  standby = await synchronousStandbyOf(cluster);
  const reads = startReadLoad(facts, ["app_ro", "app-direct-ro"]);
  try {
    outages = await outagesAround(load, await inject(() => cluster.signal(standby, "KILL")), ttl + loopWait);
  } finally {
    silences = await reads.stop();
  }
});

afterAll(() => leaveWhole(cluster, load));

test("A2: commits wait for the lost synchronous standby, then go on without it", async () => {
  measured("the synchronous standby is killed", { predicted: [0, ttl], ...outages });
  for (const seconds of Object.values(outages)) expect(seconds).toBeLessThan(ttl + loopWait);
  expect((await primaryOf(cluster)).name).toBe(primary.name);
  expect((await standbysOf(cluster, primary)).filter(({ syncState }) => syncState === "sync")).toEqual([]);
});

test("A5: reads are answered while a replica is lost", () => {
  measured("reads while the synchronous standby is killed, longest silence", silences);
  // Two failed checks, and a connection attempt that nobody answers; a generous bound for both.
  for (const seconds of Object.values(silences)) expect(seconds).toBeLessThan(10);
});

test("A2: the standby returns and is synchronous again", async () => {
  const start = performance.now();
  await cluster.start(standby);
  const synchronous = async () => (await synchronousStandbyOf(cluster)).name === standby.name;
  await until(synchronous, { within: 60, what: `${standby.name} is the synchronous standby` });
  measured("the synchronous standby returns", { synchronousAfter: (performance.now() - start) / 1000 });
  await settled(cluster);
});

test("D3: no acknowledged write is lost with the synchronous standby", async () => {
  await expectAccounted(load);
});
