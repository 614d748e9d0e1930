import { PORTS } from "@matriarch/topology";
import { expect } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import { type Cluster, membersWith, publishedPort } from "../cluster/cluster.ts";
import { localQuery } from "../cluster/nodes.ts";
import { account } from "../workload/account.ts";
import { acknowledgements, type Event, type History, monotonicNow, newHistory } from "../workload/history.ts";
import { outageAround, type Window } from "../workload/outage.ts";
import { acknowledgementOverlaps } from "../workload/overlap.ts";
import { createSet, dropSet, readSet } from "../workload/set.ts";
import { type Population, startWriters, type Writers } from "../workload/writers.ts";
import { measured } from "./measured.ts";
import { settled } from "./settled.ts";
import { until } from "./until.ts";

const SERVICE = "app-direct-rw";
/** The node of the reference cluster that is never promoted by itself. */
export const REMOTE = "node3";

/** Every way to write: through the pooler and past it, with sessions that last and with one for each attempt. */
const POPULATIONS: readonly Population[] = ["app_rw", SERVICE].flatMap((endpoint) =>
  (["persistent", "per-operation"] as const).map((session) => ({ endpoint, session })),
);

/** Writers that go on through all the faults of a file; their acknowledged rows are counted at its end. */
export interface WriteLoad {
  readonly cluster: Cluster;
  readonly key: string;
  readonly history: History;
  readonly writers: Writers;
}

/** Starts the writers on a whole cluster, and waits until each has been acknowledged. */
export async function startWriteLoad(cluster: Cluster, subject: string): Promise<WriteLoad> {
  await settled(cluster);
  const key = `${subject}_${Date.now().toString(36)}`;
  await createSet(cluster.facts, SERVICE, key);
  const history = newHistory();
  const load = { cluster, key, history, writers: startWriters(cluster.facts, history, key, POPULATIONS) };
  await writesSince(load, 0, 15);
  return load;
}

function eventsOf({ history }: WriteLoad, population: Population): Event[] {
  return history.events.filter(({ endpoint, session }) => endpoint === population.endpoint && session === population.session);
}

/** Waits until every kind of writer was acknowledged something that it sent after the moment; gives the time until then, in seconds. */
export async function writesSince(load: WriteLoad, moment: number, within: number): Promise<number> {
  const back = async () => {
    const first = POPULATIONS.map((population) => acknowledgements(eventsOf(load, population)).find(({ invoked }) => invoked > moment));
    return first.every((acknowledged) => acknowledged !== undefined) && first;
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
  return Object.fromEntries(
    POPULATIONS.map((population) => [
      `${population.endpoint} ${population.session}`,
      outageAround(eventsOf(load, population), window) ?? NaN,
    ]),
  );
}

/** Reads the set on one node, past balancer and pooler, once it has replayed what the primary has written. */
async function readOn(cluster: Cluster, key: string, node: BundleMember, lsn: string): Promise<number[]> {
  const caughtUp = `SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= '${lsn}'`;
  await until(async () => (await localQuery(cluster, node, caughtUp))[0] === "t", { within: 30, what: `${node.name} has caught up` });
  return readSet(cluster.facts, SERVICE, key, { port: publishedPort(node, PORTS.postgresql) });
}

/** Waits until the cluster is whole, and reads the set: through the pooler, and on each node. */
export async function readEverywhere({ cluster, key }: WriteLoad): Promise<Map<string, number[]>> {
  const primary = await settled(cluster);
  const [lsn = ""] = await localQuery(cluster, primary, "SELECT pg_current_wal_flush_lsn()");
  const nodes = membersWith(cluster.facts, "postgresql");
  const onNodes = await Promise.all(
    nodes.map(async (node): Promise<[string, number[]]> => [node.name, await readOn(cluster, key, node, lsn)]),
  );
  return new Map([["app_rw", await readSet(cluster.facts, "app_rw", key)], ...onNodes]);
}

/**
 * The end of every file: the cluster is whole, all acknowledged rows are on every node, no two primaries acknowledged, and
 * the remote node never did.
 */
export async function expectAccounted(load: WriteLoad): Promise<void> {
  const { events } = load.history;
  await load.writers.stop();
  const readings = await readEverywhere(load);
  const accounts = [...readings].map(([where, values]) => ({ where, ...account(events, values) }));
  measured("writes", {
    subject: load.key,
    acknowledged: accounts[0]?.acknowledged,
    ofUnknownOutcome: events.filter(({ phase }) => phase === "info").length,
  });
  for (const found of accounts) expect(found).toMatchObject({ lost: [], unexpected: [], resurrected: [], duplicates: [] });
  expect(accounts.every(({ acknowledged }) => acknowledged > 0)).toBe(true);
  expect(acknowledgementOverlaps(events)).toEqual([]);
  expect(acknowledgements(events).filter(({ server }) => server.node === REMOTE)).toEqual([]);
  await dropSet(load.cluster.facts, SERVICE, load.key);
}
