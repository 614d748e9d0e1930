import { PORTS } from "@matriarch/topology";
import { expect } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import { type Cluster, membersWith, publishedPort } from "../cluster/cluster.ts";
import { localQuery } from "../cluster/nodes.ts";
import { runChecks } from "../checks/catalogue.ts";
import { gapAround } from "../checks/outage.ts";
import { operationsIn, type Window } from "../checks/population.ts";
import type { Event } from "../history/event.ts";
import { acknowledgements, type Acknowledged, operationsOf } from "../history/operation.ts";
import { newRecorder, type Recorder } from "../history/recorder.ts";
import { monotonicNow } from "../history/clock.ts";
import { createSet, dropSet, readSet } from "../workload/set.ts";
import type { Running } from "../workload/client.ts";
import { type WriterKind, startWriters } from "../workload/writers.ts";
import { measured } from "./measured.ts";
import { settled } from "./settled.ts";
import { until } from "../cluster/until.ts";

const SERVICE = "app-direct-rw";
/** The node of the reference cluster that is never promoted by itself. */
export const REMOTE = "node3";

/** Every way to write: through the pooler and past it, with sessions that last and with one for each attempt. */
const POPULATIONS: readonly WriterKind[] = ["app_rw", SERVICE].flatMap((endpoint) =>
  (["persistent", "per-operation"] as const).map((session) => ({ endpoint, session })),
);

/** Writers that go on through all the faults of a file; their acknowledged rows are counted at its end. */
export interface WriteLoad {
  readonly cluster: Cluster;
  readonly key: string;
  readonly history: Recorder;
  readonly writers: Running;
}

/** Starts the writers on a whole cluster, and waits until each has been acknowledged. */
export async function startWriteLoad(cluster: Cluster, subject: string): Promise<WriteLoad> {
  await settled(cluster);
  const key = `${subject}_${Date.now().toString(36)}`;
  await createSet(cluster.facts, SERVICE, key);
  const history = newRecorder(monotonicNow);
  const load = { cluster, key, history, writers: startWriters(cluster.facts, history, key, POPULATIONS) };
  await writesSince(load, 0, 15);
  return load;
}

/** Stops the writers and starts every member that does not run: also after a failure the next file finds a whole cluster. */
export async function leaveWhole(cluster: Cluster, load: WriteLoad | undefined): Promise<void> {
  await load?.writers.stop();
  await Promise.all(cluster.facts.members.map((member) => cluster.start(member)));
}

/** What writers were acknowledged so far, in the order of the answers. */
export function acknowledged({ history }: WriteLoad): readonly Acknowledged[] {
  return acknowledgements(operationsOf(history.events));
}

/** Attempts that the cluster was asked for and that were not acknowledged, whose answers came after the moment. */
export function failuresSince({ history }: WriteLoad, moment: number): readonly Event[] {
  return history.events.filter(
    (event) => event.t > moment && event.phase !== "invoke" && event.phase !== "ok" && event.error?.where !== "unsent",
  );
}

/** Waits until every kind of writer was acknowledged something that it sent after the moment; gives the time until then, in seconds. */
export async function writesSince(load: WriteLoad, moment: number, within: number): Promise<number> {
  const back = async () => {
    const since = acknowledged(load).filter(({ invoked }) => invoked > moment);
    const first = POPULATIONS.map(({ endpoint, session }) => since.find((add) => add.endpoint === endpoint && add.session === session));
    return first.every((add) => add !== undefined) && first;
  };
  const first = await until(back, { within, what: "every kind of writer is acknowledged" });
  return (Math.max(...first.map(({ completed }) => completed)) - moment) / 1e9;
}

/** Does something to the cluster, and gives when it was done. */
export async function inject(fault: () => Promise<unknown>): Promise<Window> {
  const from = monotonicNow();
  await fault();
  return { from, to: monotonicNow() };
}

/** Waits for writes to be back, then gives the outage of each kind of writer around the window, in seconds. */
export async function outagesAround(load: WriteLoad, window: Window, within: number): Promise<Record<string, number>> {
  await writesSince(load, window.to, within);
  const operations = operationsOf(load.history.events);
  return Object.fromEntries(
    POPULATIONS.map((population) => {
      const gap = gapAround(operationsIn(operations, { ...population, f: "add" }), window);
      return [`${population.endpoint} ${population.session}`, gap ? gap.length / 1e9 : NaN];
    }),
  );
}

/** Reads the set on one node, past balancer and pooler, once it has replayed what the primary has written. */
async function readOn({ cluster, key, history }: WriteLoad, node: BundleMember, lsn: string): Promise<readonly number[]> {
  const caughtUp = `SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= '${lsn}'`;
  await until(async () => (await localQuery(cluster, node, caughtUp))[0] === "t", { within: 30, what: `${node.name} has caught up` });
  return readSet(cluster.facts, history, SERVICE, key, { port: publishedPort(node, PORTS.postgresql) });
}

/** Waits until the cluster is whole, and reads the set: through the pooler, and on each node. */
export async function readEverywhere(load: WriteLoad): Promise<Map<string, readonly number[]>> {
  const { cluster, key, history } = load;
  const primary = await settled(cluster);
  const [lsn = ""] = await localQuery(cluster, primary, "SELECT pg_current_wal_flush_lsn()");
  const nodes = membersWith(cluster.facts, "postgresql");
  const onNodes = await Promise.all(
    nodes.map(async (node): Promise<[string, readonly number[]]> => [node.name, await readOn(load, node, lsn)]),
  );
  return new Map([["app_rw", await readSet(cluster.facts, history, "app_rw", key)], ...onNodes]);
}

/**
 * The end of every file: the cluster is whole, all acknowledged rows are on every node, no two primaries acknowledged, and
 * the remote node never did.
 */
export async function expectAccounted(load: WriteLoad): Promise<void> {
  await load.writers.stop();
  await readEverywhere(load);
  const nodes = membersWith(load.cluster.facts, "postgresql").map(({ name }) => name);
  const endpoints = [...new Set(POPULATIONS.map(({ endpoint }) => endpoint))];
  const results = runChecks(load.history.events, [
    { check: "set", claim: "no acknowledged write is lost", facts: { key: load.key, nodes, promise: "nothing is lost" }, limit: null },
    { check: "acknowledgement-overlap", claim: "one primary acknowledges", facts: { endpoints }, limit: null },
  ]);
  for (const { claim, evidence } of results) measured(claim, { subject: load.key, ...evidence });
  for (const result of results) expect(result).toMatchObject({ verdict: "pass", reason: null, anomalies: [] });
  expect(acknowledged(load).filter(({ server }) => server.node === REMOTE)).toEqual([]);
  await dropSet(load.cluster.facts, SERVICE, load.key);
}
