import type { Cluster } from "../cluster/cluster.ts";
import type { Harms } from "../cluster/harms.ts";

/** A cluster for as long as a scenario lasts. */
export interface GuardedCluster {
  /** The same cluster; once the scenario has ended, it can be looked at and fixed, and nothing else. */
  readonly cluster: Cluster;
  /** Waits for every harm that was under way at the end: undone before it is over, it would stay. Never throws. */
  readonly idle: () => Promise<void>;
}

/** Guards a cluster from whoever goes on after the end: each harm is refused from then on, with the signal's reason. */
export function guardHarms(cluster: Cluster, ended: AbortSignal): GuardedCluster {
  const pending = new Set<Promise<unknown>>();
  const underWay = <Value>(harm: () => Promise<Value>): Promise<Value> => {
    if (ended.aborted) return Promise.reject(ended.reason as Error);
    const work = harm();
    pending.add(work);
    const forget = () => void pending.delete(work);
    work.then(forget, forget);
    return work;
  };
  const guarded =
    <Arguments extends unknown[]>(harm: (...given: Arguments) => Promise<void>) =>
    (...given: Arguments): Promise<void> =>
      underWay(() => harm(...given));
  const harms: Harms = {
    alter: (member, command) => underWay(() => cluster.alter(member, command)),
    change: (work) => underWay(() => cluster.change(work)),
    signal: guarded(cluster.signal),
    stop: guarded(cluster.stop),
    restart: guarded(cluster.restart),
    reload: guarded(cluster.reload),
    operate: guarded(cluster.operate),
    freeze: guarded(cluster.freeze),
    block: guarded(cluster.block),
    starve: guarded(cluster.starve),
    throttle: guarded(cluster.throttle),
    moveToSmallDisk: guarded(cluster.moveToSmallDisk),
    fillDisk: guarded(cluster.fillDisk),
    loosenClock: guarded(cluster.loosenClock),
    shiftClock: guarded(cluster.shiftClock),
  };
  const idle = async () => {
    await Promise.allSettled(pending);
  };
  return { cluster: { ...cluster, ...harms, ended }, idle };
}
