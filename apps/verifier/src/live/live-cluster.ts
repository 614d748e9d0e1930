import { inject } from "vitest";
import { readBundleFacts } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { containerCluster } from "../cluster/containers.ts";

/** The cluster that the live tests drive. */
export async function liveCluster(): Promise<Cluster> {
  return containerCluster(await readBundleFacts(inject("bundle")));
}
