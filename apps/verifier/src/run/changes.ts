import type { Cluster } from "../cluster/cluster.ts";

/** A cluster of which is known what is being done to it. */
export interface WatchedCluster {
  readonly cluster: Cluster;
  /** Waits for every change under way: undone before it is over, it would stay. Never throws. */
  readonly idle: () => Promise<void>;
}

/** The same cluster; whatever changes it is remembered until it is over. */
export function watchChanges(cluster: Cluster): WatchedCluster {
  const pending = new Set<Promise<unknown>>();
  const watched =
    <Arguments extends unknown[], Result>(act: (...given: Arguments) => Promise<Result>) =>
    (...given: Arguments): Promise<Result> => {
      const change = act(...given);
      pending.add(change);
      const forget = () => void pending.delete(change);
      change.then(forget, forget);
      return change;
    };
  return {
    cluster: {
      ...cluster,
      alter: watched(cluster.alter),
      signal: watched((...given: Parameters<Cluster["signal"]>) => cluster.signal(...given)),
      freeze: watched(cluster.freeze),
      block: watched(cluster.block),
      stop: watched((...given: Parameters<Cluster["stop"]>) => cluster.stop(...given)),
      restart: watched((...given: Parameters<Cluster["restart"]>) => cluster.restart(...given)),
      operate: watched((...given: Parameters<Cluster["operate"]>) => cluster.operate(...given)),
    },
    idle: async () => {
      await Promise.allSettled(pending);
    },
  };
}
