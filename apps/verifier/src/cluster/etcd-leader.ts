import { PORTS } from "@matriarch/topology";
import type { BundleMember } from "./bundle.ts";
import { membersWith } from "./cluster.ts";
import type { Looks } from "./looks.ts";

interface Standing {
  readonly isLeader: boolean;
  /** Whether it knows a leader: a member without one is in no quorum. */
  readonly hasLeader: boolean;
}

/** What a member says of itself; neither where it does not answer. */
async function standingOf(cluster: Looks, member: BundleMember): Promise<Standing> {
  const { stdout } = await cluster.run(member, ["curl", "-fsS", "--max-time", "2", `http://127.0.0.1:${PORTS.etcdMetrics}/metrics`]);
  const says = (metric: string) => new RegExp(`^${metric} 1$`, "m").test(stdout);
  return { isLeader: says("etcd_server_is_leader"), hasLeader: says("etcd_server_has_leader") };
}

async function standings(cluster: Looks): Promise<(Standing & { readonly member: BundleMember })[]> {
  const members = membersWith(cluster.facts, "etcd");
  return Promise.all(members.map(async (member) => ({ member, ...(await standingOf(cluster, member)) })));
}

/** The members of etcd, its leader first. */
export async function leaderFirst(cluster: Looks): Promise<BundleMember[]> {
  return (await standings(cluster)).toSorted((a, b) => Number(b.isLeader) - Number(a.isLeader)).map(({ member }) => member);
}

/** Who leads etcd, and whether a majority of its members follows. */
export async function leadershipOf(cluster: Looks): Promise<{ readonly leader: string | null; readonly quorum: boolean }> {
  const all = await standings(cluster);
  const following = all.filter(({ hasLeader }) => hasLeader).length;
  return { leader: all.find(({ isLeader }) => isLeader)?.member.name ?? null, quorum: following > all.length / 2 };
}
