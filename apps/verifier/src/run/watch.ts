import { setTimeout as delay } from "node:timers/promises";
import { membersWith } from "../cluster/cluster.ts";
import { leadershipOf } from "../cluster/etcd-leader.ts";
import { statisticsOf } from "../cluster/haproxy.ts";
import type { Looks } from "../cluster/looks.ts";
import { monotonicNow } from "../history/clock.ts";
import type { BalancerSpan, EtcdSpan } from "./record.ts";
import { type Look, spansOf } from "./spans.ts";

/** Milliseconds between two looks. Each at etcd starts a program on every member. */
const PAUSES = { balancers: 500, etcd: 2000 } as const;
/** Backends whose servers a balancer checks by themselves. */
const BACKENDS = ["rw", "ro_replicas"];

type BalancerState = Omit<BalancerSpan, "from" | "to">;
type EtcdState = Omit<EtcdSpan, "from" | "to">;

export interface Watch {
  /** What was seen until now. */
  readonly stop: () => Promise<{ readonly balancers: readonly BalancerSpan[]; readonly etcd: readonly EtcdSpan[] }>;
}

async function every(milliseconds: number, stopped: AbortSignal, look: () => Promise<void>): Promise<void> {
  while (!stopped.aborted) {
    // One that cannot be asked shows nothing: the last state stands.
    await look().catch(() => undefined);
    await delay(milliseconds);
  }
}

/** Watches how etcd and the balancers see the cluster, for the figure of a scenario. `origin` is its start, in nanoseconds. */
export function watchCluster(cluster: Looks, origin: number): Watch {
  const stopping = new AbortController();
  const seconds = () => (monotonicNow() - origin) / 1e9;
  const balancers: Look<BalancerState>[] = [];
  const etcd: Look<EtcdState>[] = [];
  const running = membersWith(cluster.facts, "haproxy").map((balancer) =>
    every(PAUSES.balancers, stopping.signal, async () => {
      for (const { backend, server, status } of await statisticsOf(cluster, balancer)) {
        if (!BACKENDS.includes(backend) || server === "BACKEND") continue;
        const state = { balancer: balancer.name, backend, server, up: status.startsWith("UP") };
        balancers.push({ at: seconds(), of: `${balancer.name} ${backend} ${server}`, state });
      }
    }),
  );
  running.push(
    every(PAUSES.etcd, stopping.signal, async () => {
      etcd.push({ at: seconds(), of: "etcd", state: await leadershipOf(cluster) });
    }),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
      return { balancers: spansOf(balancers, seconds()), etcd: spansOf(etcd, seconds()) };
    },
  };
}
