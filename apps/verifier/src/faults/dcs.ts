import type { BundleMember } from "../cluster/bundle.ts";
import { membersWith } from "../cluster/cluster.ts";
import { leaderFirst } from "../cluster/etcd-leader.ts";
import type { Looks } from "../cluster/looks.ts";
import { clearSpace, fillSpace } from "../cluster/etcd-space.ts";
import { type Fault, killing, needs, onAll } from "./fault.ts";

function majority(members: readonly BundleMember[]): number {
  return Math.floor(members.length / 2) + 1;
}

const threeMembers: Fault["available"] = (facts) => needs(facts, "etcd", 3);

async function leader(cluster: Looks): Promise<BundleMember[]> {
  return (await leaderFirst(cluster)).slice(0, 1);
}

export const killEtcdLeader = killing({ id: "kill-etcd-leader", title: "etcd's leader dies", available: threeMembers, targets: leader });

export const killEtcdFollower = killing({
  id: "kill-etcd-follower",
  title: "A member of etcd dies that is not its leader",
  available: threeMembers,
  targets: async (cluster) => (await leaderFirst(cluster)).slice(1, 2),
});

/** An orderly stop: the leader hands over before it goes. */
export const stopEtcdLeader: Fault = {
  id: "stop-etcd-leader",
  title: "etcd's leader is stopped in an orderly way",
  available: threeMembers,
  targets: leader,
  inject: (cluster, targets) => onAll(targets, (member) => cluster.stop(member)),
  heal: (cluster, targets) => onAll(targets, (member) => cluster.start(member)),
};

export const killEtcdQuorum = killing({
  id: "kill-etcd-quorum",
  title: "So many members of etcd die that the rest is no majority",
  available: threeMembers,
  targets: async (cluster) => {
    const members = await leaderFirst(cluster);
    return members.slice(0, members.length - majority(members) + 1);
  },
});

export const killEtcd = killing({
  id: "kill-etcd",
  title: "All members of etcd die",
  available: (facts) => needs(facts, "etcd", 1),
  targets: async (cluster) => membersWith(cluster.facts, "etcd"),
});

/** Not an alarm that is set by hand: the quota is used up, and etcd itself raises it. */
export const fillEtcd: Fault = {
  id: "fill-etcd",
  title: "etcd's space runs out",
  available: (facts) => needs(facts, "etcd", 1),
  targets: async (cluster) => membersWith(cluster.facts, "etcd"),
  inject: fillSpace,
  heal: clearSpace,
};
