import type { BundleFacts, BundleMember } from "../cluster/bundle.ts";
import { membersWith } from "../cluster/cluster.ts";
import type { Looks } from "../cluster/looks.ts";
import { localQuery } from "../cluster/nodes.ts";
import { membersSeenBy } from "../cluster/patroni.ts";
import { successors } from "../cluster/settled.ts";
import { until } from "../cluster/until.ts";
import { type Fault, needs, onAll } from "./fault.ts";
import { hitProcesses, releaseProcesses, signalById } from "./processes.ts";
import { primary, primaryAndSuccessor, successorsIn, synchronousNodes, twoSuccessors } from "./targets.ts";

function pair(targets: readonly BundleMember[]): readonly [BundleMember, BundleMember] {
  const [old, standby] = targets;
  if (!old || !standby) throw new Error("it takes a primary and its synchronous standby");
  return [old, standby];
}

/**
 * The process that sends WAL to the synchronous standby stops: commits are written here and wait. The primary dies while they
 * do, before wal_sender_timeout would end the wait: its standby has all that was acknowledged, and less than the primary.
 */
export const divergePrimary: Fault = {
  id: "diverge-primary",
  title: "The primary dies with commits that its synchronous standby has not got",
  available: (facts) => synchronousNodes(facts) ?? twoSuccessors(facts),
  targets: primaryAndSuccessor,
  inject: async (cluster, targets) => {
    const { ended } = cluster;
    const [old, standby] = pair(targets);
    const senders = await localQuery(cluster, old, `SELECT pid FROM pg_stat_replication WHERE application_name = '${standby.name}'`);
    if ((await signalById(cluster, old, "STOP", senders)) === 0) throw new Error(`${old.name} sends nothing to ${standby.name}`);
    const waiting = "SELECT count(*) > 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    const wait = async () => (await localQuery(cluster, old, waiting))[0] === "t";
    await until(wait, { within: 4, what: "commits wait for the standby", ended });
    await cluster.signal(old, "KILL");
  },
  heal: (cluster, targets) => cluster.start(pair(targets)[0]),
};

const RECEIVER = "walreceiver";
/** Bytes of WAL that the primary writes without the standby before it dies: some rows at least. */
const AHEAD = 8192;

/** Whether there is a third node that can be the synchronous standby. */
export function hasSpareSuccessor(facts: BundleFacts): boolean {
  return successorsIn(facts).length > 2;
}

/** Waits until the primary does without a standby, or with another where there is one, and has written some more. */
async function goneOnWithout(cluster: Looks, old: BundleMember, standby: BundleMember): Promise<void> {
  const { ended } = cluster;
  const replaced = async () => {
    const names = await successors(cluster, old);
    return !names.includes(standby.name) && (names.length > 0 || !hasSpareSuccessor(cluster.facts));
  };
  // wal_sender_timeout, a round of Patroni, and a machine that has much to do.
  await until(replaced, { within: 60, what: `commits do not wait for ${standby.name} any more`, ended });
  const [lsn = ""] = await localQuery(cluster, old, "SELECT pg_current_wal_flush_lsn()");
  const ahead = `SELECT pg_current_wal_flush_lsn() - '${lsn}' > ${AHEAD}`;
  const hasGoneOn = async () => (await localQuery(cluster, old, ahead))[0] === "t";
  await until(hasGoneOn, { within: 60, what: `${old.name} has gone on alone`, ended });
}

/**
 * The synchronous standby receives nothing any more, and the primary goes on without it, as synchronous mode that is not
 * strict does. When the primary dies then, the standby lacks acknowledged writes: it must not take over.
 */
export const killPrimaryPastStandby: Fault = {
  id: "kill-primary-past-standby",
  title: "The synchronous standby stops receiving; the primary goes on without it, and dies",
  available: (facts) =>
    facts.promises.replication.strict && !hasSpareSuccessor(facts)
      ? "replication is strict, and no other standby could be synchronous"
      : (synchronousNodes(facts) ?? twoSuccessors(facts)),
  targets: primaryAndSuccessor,
  inject: async (cluster, targets) => {
    const [old, standby] = pair(targets);
    await hitProcesses(cluster, standby, "STOP", RECEIVER);
    await goneOnWithout(cluster, old, standby);
    await cluster.signal(old, "KILL");
  },
  heal: async (cluster, targets) => {
    const [old, standby] = pair(targets);
    await cluster.start(old);
    await releaseProcesses(cluster, standby, RECEIVER);
  },
};

/** Waits until another node than the old primary holds the lease, as the nodes that live see it, and gives that node. */
async function nextLeader(cluster: Looks, old: BundleMember): Promise<BundleMember> {
  const { facts, ended } = cluster;
  const others = membersWith(facts, "postgresql").filter((node) => node !== old);
  const holder = async () => {
    const seen = await Promise.any(others.map((node) => membersSeenBy(cluster, node)));
    const leader = seen.find(({ role }) => role === "leader");
    return others.find(({ name }) => name === leader?.name);
  };
  const { ttl, loopWait } = facts.timings;
  return until(holder, { within: 2 * ttl + 5 * loopWait, what: `a node other than ${old.name} holds the lease`, ended });
}

export const killSuccessor: Fault = {
  id: "kill-primary-and-successor",
  title: "The primary's machine dies, then its successor's as soon as that holds the lease",
  available: (facts) => needs(facts, "postgresql", 3) ?? twoSuccessors(facts),
  targets: primary,
  inject: async (cluster, [old]) => {
    if (!old) throw new Error("it takes a primary");
    await cluster.signal(old, "KILL");
    await cluster.signal(await nextLeader(cluster, old), "KILL");
  },
  // Who took over was not known before.
  heal: (cluster) => onAll(membersWith(cluster.facts, "postgresql"), (node) => cluster.start(node)),
};
