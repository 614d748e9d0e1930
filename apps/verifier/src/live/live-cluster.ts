import { inject } from "vitest";
import { type BundleMember, readBundleFacts } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { containerCluster } from "../cluster/containers.ts";
import { changeEnvironment, render } from "../cluster/environment.ts";

/** The cluster that the live tests drive. */
export async function liveCluster(): Promise<Cluster> {
  return containerCluster(await readBundleFacts(inject("bundle")));
}

/** The member's addresses that can be reached from another one: those in networks that both are in. */
export function addressesFrom(from: BundleMember, member: BundleMember): string[] {
  return [...member.addresses].flatMap(([network, address]) => (from.addresses.has(network) ? [address] : []));
}

/** The cluster as its files say now: rendered again and brought up, as an operator does after a change. */
async function applied(cluster: Cluster): Promise<Cluster> {
  const changed = containerCluster(await render(cluster.facts, inject("topology")));
  await changed.operate("up");
  return changed;
}

export interface Reconfigured {
  readonly cluster: Cluster;
  /** Puts the cluster back to what it was. Does nothing the second time. */
  restore(): Promise<void>;
}

/**
 * The cluster after lines of its environment file were changed. Whoever calls it restores it; it does so itself when the
 * change fails.
 */
export async function reconfigured(cluster: Cluster, lines: Readonly<Record<string, string>>): Promise<Reconfigured> {
  let putBack: (() => Promise<void>) | null = await changeEnvironment(cluster.facts, lines);
  const restore = async () => {
    if (putBack === null) return;
    await putBack();
    putBack = null;
    await applied(cluster);
  };
  try {
    return { cluster: await applied(cluster), restore };
  } catch (error) {
    await restore();
    throw error;
  }
}
