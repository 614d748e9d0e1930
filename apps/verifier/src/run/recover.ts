import { type Cluster, membersWith } from "../cluster/cluster.ts";
import { settled } from "../cluster/settled.ts";

/** Seconds in which a cluster that was started anew has to be whole. */
const RETURN = 240;

/**
 * Takes back whatever a verifier left that was killed: nobody knows what it had done. Every member is made anew as the bundle
 * has it, with its data: limits, blocked packets and clocks go with the old containers, small disks are moved back before.
 * Throws where the cluster does not become whole.
 */
export async function recover(cluster: Cluster): Promise<void> {
  const { members } = cluster.facts;
  await Promise.all(members.map((member) => cluster.thaw(member)));
  if ((await cluster.lacks("small disk")) === null) {
    for (const node of membersWith(cluster.facts, "postgresql")) await cluster.leaveSmallDisk(node);
  }
  await cluster.operate("down");
  await cluster.operate("up");
  await settled(cluster, RETURN);
}
