import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import { memberNamed } from "../cluster/cluster.ts";
import { forkOf, isInRecovery, localQuery, primariesOf, primaryOf, standbysOf, synchronousStandbyOf } from "../cluster/nodes.ts";
import { failureCode, query } from "../cluster/sessions.ts";
import { type Operation, operationsOf } from "../history/operation.ts";
import { monotonicNow } from "../history/clock.ts";
import { startWriters } from "../workload/writers.ts";
import { startKnocks } from "./knocks.ts";
import { liveCluster } from "./live-cluster.ts";
import { measured } from "./measured.ts";
import { settled } from "./settled.ts";
import { throughout } from "../cluster/throughout.ts";
import { until } from "../cluster/until.ts";
import {
  leaveWhole,
  expectAccounted,
  inject,
  outagesAround,
  readEverywhere,
  REMOTE,
  startWriteLoad,
  type WriteLoad,
  writesSince,
} from "./write-load.ts";

const cluster = await liveCluster();
const { facts } = cluster;
const { ttl, loopWait } = facts.timings;
/** Seconds after which the loss of the primary's host must be over: the lease, and a generous bound for all that follows it. */
const HOST_LOSS = ttl + 10;
/** As the bundle says, for the log of the run; the verifier holds the cluster to it. */
const PREDICTED = { hostLoss: facts.predictions.get("primary-host-lost"), crash: facts.predictions.get("postgresql-crashed") };
const remote = memberNamed(facts, REMOTE);

let load: WriteLoad;
beforeAll(async () => {
  load = await startWriteLoad(cluster, "primary_loss");
});
afterAll(() => leaveWhole(cluster, load));

/** Waits until a node that was lost streams again, then until all is whole; gives the seconds until it streamed. */
async function rejoined(node: BundleMember, within: number): Promise<number> {
  const start = performance.now();
  const streams = async () =>
    (await standbysOf(cluster, await primaryOf(cluster))).some(({ name, state }) => name === node.name && state === "streaming");
  await until(streams, { within, what: `${node.name} streams again` });
  const seconds = (performance.now() - start) / 1000;
  await settled(cluster);
  return seconds;
}

async function roles(): Promise<{ primary: BundleMember; standby: BundleMember }> {
  return { primary: await settled(cluster), standby: await synchronousStandbyOf(cluster) };
}

async function nodeThrough(service: string): Promise<string | undefined> {
  return (await query<{ node: string }>(facts, service, "SELECT current_setting('matriarch.node') AS node"))[0]?.node;
}

test("A2: when the primary's container is killed, the other node of DC1 takes over, and the old primary rejoins", async () => {
  const { primary, standby } = await roles();
  const fault = await inject(() => cluster.signal(primary, "KILL"));
  // Until the balancer's checks fail it connects to a host that answers nothing any more.
  const knocks = startKnocks(facts, "app-direct-rw", 5);
  const outages = await outagesAround(load, fault, HOST_LOSS);
  expect(await knocks).toMatchObject({ letIn: 0, forgotten: 0 });
  expect((await primaryOf(cluster)).name).toBe(standby.name);
  expect(await isInRecovery(cluster, remote)).toBe(true);

  await cluster.start(primary);
  const rejoin = await rejoined(primary, 90);
  measured("the primary's container is killed", { predicted: PREDICTED.hostLoss, ...outages, rejoin });
  for (const seconds of Object.values(outages)) expect(seconds).toBeLessThan(HOST_LOSS);
  expect(await standbysOf(cluster, standby)).toContainEqual({ name: primary.name, state: "streaming", syncState: "sync" });
});

test("D3: when only the postmaster is killed, the standby takes over at once, and the old primary rejoins by itself", async () => {
  const { primary, standby } = await roles();
  const { restarts } = await cluster.state(primary);
  const [postmaster = ""] = await localQuery(cluster, primary, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
  const fault = await inject(() => cluster.run(primary, ["sh", "-c", `kill -KILL ${postmaster}`]));
  const outages = await outagesAround(load, fault, HOST_LOSS);
  expect((await primaryOf(cluster)).name).toBe(standby.name);

  const rejoin = await rejoined(primary, 90);
  measured("the postmaster is killed", { predicted: PREDICTED.crash, ...outages, rejoin });
  for (const seconds of Object.values(outages)) expect(seconds, "a crash is not waited out").toBeLessThan(ttl - loopWait);
  expect((await cluster.state(primary)).restarts).toBe(restarts);
});

describe("a primary that dies with rows that its synchronous standby has not got", () => {
  let old: BundleMember;
  let successor: BundleMember;
  let died: Date;
  let lastFlushed = "";
  let hanging: readonly Operation[];

  beforeAll(async () => {
    ({ primary: old, standby: successor } = await roles());
    // The process that sends WAL stops; commits are written here, sent to the remote node, and wait for ever.
    const [sender = ""] = await localQuery(cluster, old, "SELECT pid FROM pg_stat_replication WHERE sync_state = 'sync'");
    await cluster.run(old, ["sh", "-c", `kill -STOP ${sender}`]);
    const frozen = monotonicNow();
    // What this one writes was sent after the moment, and cannot have got through.
    const late = startWriters(facts, load.history, load.key, [{ endpoint: "app-direct-rw", session: "persistent" }]);
    const waiting = "SELECT count(*) >= 5 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    // Before wal_sender_timeout, after which Patroni would do without the standby and the rows would be acknowledged.
    await until(async () => (await localQuery(cluster, old, waiting))[0] === "t", {
      within: 4,
      what: "all five writers wait for the standby",
    });
    [lastFlushed = ""] = await localQuery(cluster, old, "SELECT pg_current_wal_flush_lsn()");
    died = new Date();
    const outages = await outagesAround(load, await inject(() => cluster.signal(old, "KILL")), HOST_LOSS);
    await late.stop();
    hanging = operationsOf(load.history.events).filter(
      ({ phase, invoked, server }) => phase === "info" && invoked > frozen && server?.node === old.name,
    );
    await cluster.start(old);
    measured("the primary is killed, ahead of its standby", { predicted: PREDICTED.hostLoss, ...outages, rejoin: await rejoined(old, 90) });
  });

  test("A2: the synchronous standby takes over, although the remote node has got more", async () => {
    expect((await primaryOf(cluster)).name).toBe(successor.name);
  });

  test("A9: the old primary had diverged, and rejoins by pg_rewind", async () => {
    const fork = await forkOf(cluster, successor);
    expect(await localQuery(cluster, successor, `SELECT '${lastFlushed}'::pg_lsn > '${fork}'::pg_lsn`)).toEqual(["t"]);
    expect(await cluster.logs(old, died)).toContain(`running pg_rewind from ${successor.name}`);
  });

  test("A2: the remote node had received what was never acknowledged, and is rewound as well", async () => {
    expect(await cluster.logs(remote, died)).toContain(`running pg_rewind from ${successor.name}`);
  });

  test("D3: the rows that were never acknowledged are on no node", async () => {
    expect(hanging.length).toBeGreaterThan(0);
    const readings = await readEverywhere(load);
    for (const [where, values] of readings)
      expect(
        values.filter((value) => hanging.some((add) => add.value === value)),
        where,
      ).toEqual([]);
  });
});

test("A2: with both nodes of DC1 gone, the remote node goes on reading and is not promoted", async () => {
  const { primary, standby } = await roles();
  await Promise.all([primary, standby].map((node) => cluster.signal(node, "KILL")));
  for (const service of ["app-direct-ro", "app_ro"]) {
    await until(async () => (await nodeThrough(service)) === remote.name, { within: 15, what: `${service} answers from ${remote.name}` });
  }
  // Longer than the lease of the dead primary, and several rounds in which the remote node could take it.
  await throughout(() => isInRecovery(cluster, remote), { during: ttl + 3 * loopWait, what: `${remote.name} is not promoted` });
  expect(await failureCode(query(facts, "app-direct-rw", "SELECT 1"))).not.toBeNull();
  expect(await nodeThrough("app-direct-ro")).toBe(remote.name);

  const restart = await inject(() => Promise.all([primary, standby].map((node) => cluster.start(node))));
  measured("both nodes of DC1 return", { firstWrite: await writesSince(load, restart.from, 120) });
  expect(await primariesOf(cluster)).toHaveLength(1);
  await settled(cluster);
});

test("D3: every acknowledged write survived the loss of the primary, and no two primaries acknowledged", async () => {
  await expectAccounted(load);
});
