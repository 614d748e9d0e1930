import { PORTS } from "@matriarch/topology";
import type { BundleMember } from "./bundle.ts";
import { type Cluster, membersWith } from "./cluster.ts";

async function isLeader(cluster: Cluster, member: BundleMember): Promise<boolean> {
  const { stdout } = await cluster.run(member, ["curl", "-fsS", `http://127.0.0.1:${PORTS.etcdMetrics}/metrics`]);
  return /^etcd_server_is_leader 1$/m.test(stdout);
}

/** The members of etcd, its leader first. */
export async function leaderFirst(cluster: Cluster): Promise<BundleMember[]> {
  const members = membersWith(cluster.facts, "etcd");
  const leads = await Promise.all(members.map((member) => isLeader(cluster, member)));
  return members.toSorted((a, b) => Number(leads[members.indexOf(b)]) - Number(leads[members.indexOf(a)]));
}
