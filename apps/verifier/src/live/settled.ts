import type { BundleMember } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { plight } from "../cluster/plight.ts";
import { settled as whole } from "../cluster/settled.ts";

/** Waits until the cluster is whole again, and gives its primary. When it is not in time, prints what each member logged last. */
export async function settled(cluster: Cluster, within = 120): Promise<BundleMember> {
  try {
    return await whole(cluster, within);
  } catch (error) {
    console.error(await plight(cluster));
    throw error;
  }
}
