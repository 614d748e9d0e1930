import type { BundleMember } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { localQuery, primaryOf } from "../cluster/nodes.ts";
import { until } from "../cluster/until.ts";

/** Waits until some nodes have replayed what the primary has written by now. */
export async function replayedBy(cluster: Cluster, nodes: readonly BundleMember[]): Promise<void> {
  const [lsn = ""] = await localQuery(cluster, await primaryOf(cluster), "SELECT pg_current_wal_flush_lsn()");
  const reached = `SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= '${lsn}'`;
  for (const node of nodes) {
    await until(async () => (await localQuery(cluster, node, reached))[0] === "t", {
      within: 60,
      what: `${node.name} has caught up`,
      ended: cluster.ended,
    });
  }
}
