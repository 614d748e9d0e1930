import type { BundleMember } from "../cluster/bundle.ts";
import { type Cluster, membersWith } from "../cluster/cluster.ts";
import type { Looks } from "../cluster/looks.ts";
import { localQuery, primaryOf, standbysOf } from "../cluster/nodes.ts";
import { runPatronictl } from "../cluster/patroni.ts";
import { settled } from "../cluster/settled.ts";
import { until } from "../cluster/until.ts";
import { type Fault, needs, onAll } from "./fault.ts";
import { otherReplica, primary, primaryAndSuccessor, twoNodes, twoSuccessors } from "./targets.ts";

const NOTHING_TO_HEAL = async (): Promise<void> => undefined;
/** Members that are on go on; whoever was left off by a step that failed is switched on. */
const SWITCH_ON: Fault["heal"] = (cluster, targets) => onAll(targets, (member) => cluster.start(member));

export const switchover: Fault = {
  id: "switchover",
  title: "An operator moves the primary",
  available: twoNodes,
  targets: primary,
  inject: (cluster) => cluster.operate("switchover"),
  heal: NOTHING_TO_HEAL,
};

type Words = (scope: string, old: string, candidate: string) => readonly string[];

/** The primary is moved to a node that is named. */
function moving(id: string, title: string, words: Words): Fault {
  return {
    id,
    title,
    available: twoSuccessors,
    targets: primaryAndSuccessor,
    inject: async (cluster, [old, candidate]) => {
      if (!old || !candidate) throw new Error("it takes a primary and a candidate");
      await runPatronictl(cluster, old, words(cluster.facts.scope, old.instance, candidate.instance));
    },
    heal: NOTHING_TO_HEAL,
  };
}

export const switchoverTo = moving(
  "switchover-to-candidate",
  "An operator moves the primary to a node that is named",
  (scope, leader, candidate) => ["switchover", scope, "--leader", leader, "--candidate", candidate, "--force"],
);

export const failoverTo = moving(
  "failover-to-candidate",
  "An operator asks for a failover to a node that is named",
  (scope, _, candidate) => ["failover", scope, "--candidate", candidate, "--force"],
);

/** Waits until a standby has other data than at a moment, and streams again. */
async function remade(cluster: Looks, replica: BundleMember, made: string): Promise<void> {
  const isNew = async () => {
    const standbys = await standbysOf(cluster, await primaryOf(cluster));
    const streams = standbys.some(({ name, state }) => name === replica.name && state === "streaming");
    return streams && (await madeAt(cluster, replica)) !== made;
  };
  await until(isNew, { within: 180, what: `${replica.name} has been made anew, and streams`, ended: cluster.ended });
}

/** When the first file of a node's data was written: every copy writes its own. */
function madeAt(cluster: Looks, node: BundleMember): Promise<string> {
  return localQuery(cluster, node, "SELECT (pg_stat_file('PG_VERSION')).change").then(([moment = ""]) => moment);
}

export const reinitialiseReplica: Fault = {
  id: "reinitialise-replica",
  title: "An operator has a replica made anew",
  available: (facts) => needs(facts, "postgresql", 3),
  targets: otherReplica,
  inject: async (cluster, targets) => {
    const operator = await primaryOf(cluster);
    await onAll(targets, async (replica) => {
      const made = await madeAt(cluster, replica);
      await runPatronictl(cluster, operator, ["reinit", cluster.facts.scope, replica.instance, "--force"]);
      await remade(cluster, replica, made);
    });
  },
  heal: NOTHING_TO_HEAL,
};

/** Members one after the other, each once the cluster is whole again. */
async function restartEach(cluster: Cluster, members: readonly BundleMember[]): Promise<void> {
  for (const member of members) {
    await cluster.restart(member);
    await settled(cluster, 180);
  }
}

const AROUND_POSTGRESQL = ["etcd", "haproxy", "pgbouncer"] as const;

/** Standbys first; the primary's role moves before its own turn; what is around PostgreSQL comes last. */
export const rollingRestart: Fault = {
  id: "rolling-restart",
  title: "An operator restarts every member, one after the other",
  available: twoSuccessors,
  targets: async (cluster) => {
    const old = await primaryOf(cluster);
    const standbys = membersWith(cluster.facts, "postgresql").filter((node) => node !== old);
    return [...standbys, old, ...AROUND_POSTGRESQL.flatMap((role) => membersWith(cluster.facts, role))];
  },
  inject: async (cluster, targets) => {
    const old = await primaryOf(cluster);
    const turn = targets.indexOf(old);
    await restartEach(cluster, targets.slice(0, turn));
    await cluster.operate("switchover");
    await settled(cluster, 180);
    await restartEach(cluster, targets.slice(turn));
  },
  heal: SWITCH_ON,
};

export const coldRestart: Fault = {
  id: "cold-restart",
  title: "Every member dies at once, and all are switched on again",
  available: () => null,
  targets: async ({ facts }) => facts.members,
  inject: async (cluster, targets) => {
    await onAll(targets, (member) => cluster.signal(member, "KILL"));
    await onAll(targets, (member) => cluster.start(member));
  },
  heal: SWITCH_ON,
};
