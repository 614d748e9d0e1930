import type { BundleMember } from "../cluster/bundle.ts";
import { type Cluster, type Healer, memberNamed, membersWith } from "../cluster/cluster.ts";
import type { Harms } from "../cluster/harms.ts";
import type { Ability, Looks } from "../cluster/looks.ts";
import { localQuery, primaryOf, standbysOf } from "../cluster/nodes.ts";
import { copyAnew } from "../cluster/patroni.ts";
import { settled } from "../cluster/settled.ts";
import { until } from "../cluster/until.ts";
import { type Arrangement, type Fault, needs, onAll } from "./fault.ts";

const twoNodes: Fault["available"] = (facts) => needs(facts, "postgresql", 2);
const primary: Fault["targets"] = async (cluster) => [await primaryOf(cluster)];
const lacking =
  (ability: Ability): NonNullable<Fault["lacking"]> =>
  (cluster) =>
    cluster.lacks(ability);

/** Who may be the next primary of a switchover: the standbys that commits wait for, else all that may be promoted. */
async function successorsOf(cluster: Looks): Promise<BundleMember[]> {
  const standbys = await standbysOf(cluster, await primaryOf(cluster));
  const waitedFor = standbys.filter(({ syncState }) => ["sync", "quorum"].includes(syncState));
  const promotable = standbys.filter(({ name }) => !cluster.facts.promises.replication.neverPromoted.includes(name));
  return (waitedFor.length > 0 ? waitedFor : promotable).map(({ name }) => memberNamed(cluster.facts, name));
}

/** Prepares what takes a restart: the standbys first, one of which then becomes the primary. */
function arrangement(
  prepare: (cluster: Cluster, node: BundleMember) => Promise<void>,
  restore: (cluster: Healer, node: BundleMember) => Promise<void>,
): Arrangement {
  return {
    make: async (cluster) => {
      const prepared = await successorsOf(cluster);
      for (const node of prepared) {
        await prepare(cluster, node);
        await settled(cluster);
      }
      await cluster.operate("switchover");
      const moved = async () => prepared.includes(await primaryOf(cluster));
      await until(moved, { within: 30, what: `the primary is ${prepared.map(({ name }) => name).join(" or ")}`, ended: cluster.ended });
      await settled(cluster);
    },
    remove: async (cluster) => {
      for (const node of membersWith(cluster.facts, "postgresql")) await restore(cluster, node);
    },
  };
}

/** Room for what is written until the cluster is settled and under load. */
const SPARE = 192 * 2 ** 20;

const onSmallDisk = arrangement(
  (cluster, node) => cluster.moveToSmallDisk(node, SPARE),
  (cluster, node) => cluster.leaveSmallDisk(node),
);

const disk: Pick<Fault, "available" | "lacking" | "arrangement" | "targets" | "heal"> = {
  available: twoNodes,
  lacking: lacking("small disk"),
  arrangement: onSmallDisk,
  targets: primary,
  heal: (cluster, targets) => onAll(targets, cluster.emptyDisk),
};

export const fillDisk: Fault = {
  ...disk,
  id: "fill-disk",
  title: "The primary's disk is full",
  inject: (cluster, targets) => onAll(targets, cluster.fillDisk),
};

/** Until no segment of WAL is left that was made in advance. */
async function useUpSegments(cluster: Looks & Harms, node: BundleMember): Promise<void> {
  const next = "SELECT pg_switch_wal() FROM (SELECT pg_logical_emit_message(false, 'verifier', 'next segment')) AS message";
  for (let segment = 0; segment < 100; segment++) {
    const written = await cluster.change(() => localQuery(cluster, node, next)).catch(() => null);
    cluster.ended.throwIfAborted();
    if (written === null) return;
  }
}

/** Seconds in which a node that was a primary streams again by itself, where it can. */
const REJOINING = 30;

/**
 * What an operator does for a node that does not come back: its pg_rewind had no space, and left a directory that nothing but a
 * new copy mends.
 */
async function copyAnewWhereLost(cluster: Healer, node: BundleMember): Promise<void> {
  const operator = await primaryOf(cluster);
  if (operator === node) return;
  const streams = async () => (await standbysOf(cluster, operator)).some(({ name, state }) => name === node.name && state === "streaming");
  const isBack = await until(streams, { within: REJOINING, what: `${node.name} streams again`, ended: cluster.ended }).catch(() => false);
  if (!isBack) await copyAnew(cluster, operator, node);
}

export const fillDiskOfWal: Fault = {
  ...disk,
  heal: async (cluster, targets) => {
    await disk.heal(cluster, targets);
    await onAll(targets, (node) => copyAnewWhereLost(cluster, node));
  },
  id: "fill-disk-of-wal",
  title: "The primary's disk is full, and it needs another segment of WAL",
  inject: (cluster, targets) =>
    onAll(targets, async (node) => {
      await cluster.fillDisk(node);
      await useUpSegments(cluster, node);
    }),
};

function shifting(id: string, title: string, seconds: number): Fault {
  return {
    id,
    title,
    available: twoNodes,
    lacking: lacking("clock"),
    arrangement: arrangement(
      (cluster, node) => cluster.loosenClock(node),
      (cluster, node) => cluster.fastenClock(node),
    ),
    targets: primary,
    inject: (cluster, targets) => onAll(targets, (node) => cluster.shiftClock(node, seconds)),
    heal: (cluster, targets) => onAll(targets, cluster.resetClock),
  };
}

export const clockForward = shifting("clock-forward", "The primary's clock jumps an hour ahead", 3600);
// Certificates begin five minutes before they are issued: further back, those of a new cluster are not valid yet.
export const clockBack = shifting("clock-back", "The primary's clock jumps back by four minutes", -240);

export const starveProcessors: Fault = {
  id: "starve-processors",
  title: "The primary is left a fiftieth of a processor",
  available: twoNodes,
  targets: primary,
  inject: (cluster, targets) => onAll(targets, (node) => cluster.starve(node, 0.02)),
  heal: (cluster, targets) => onAll(targets, cluster.feed),
};

/** A line without an end, which has to be kept whole: it grows until the kernel kills somebody. */
const DEVOUR = "tail /dev/zero; true";
/** Whom the kernel kills first: a process may say so of its own user's. */
const SACRIFICE = 'for p in /proc/[0-9]*; do [ "$(cat $p/comm 2>/dev/null)" != postgres ] || echo 1000 >$p/oom_score_adj; done';

function devouring(id: string, title: string, script: string): Fault {
  return {
    id,
    title,
    available: twoNodes,
    lacking: lacking("limit of memory"),
    targets: primary,
    inject: (cluster, targets) => onAll(targets, (node) => cluster.alter(node, ["sh", "-c", script])),
    heal: async () => undefined,
  };
}

export const devourMemory = devouring("devour-memory", "A program on the primary takes all the memory there is", DEVOUR);
export const devourMemoryOfPostgresql = devouring(
  "devour-memory-of-postgresql",
  "A program on the primary takes all the memory there is, and the kernel kills PostgreSQL",
  `${SACRIFICE}; ${DEVOUR}`,
);

export const throttlePrimary: Fault = {
  id: "throttle-primary",
  title: "The primary sends no more than a megabit a second",
  available: twoNodes,
  lacking: lacking("slow network"),
  targets: primary,
  inject: (cluster, targets) => onAll(targets, (node) => cluster.throttle(node, 1_000_000)),
  heal: (cluster, targets) => onAll(targets, cluster.unthrottle),
};
