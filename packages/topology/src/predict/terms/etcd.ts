import type { Topology } from "../../resolve/topology.ts";
import { fromMs } from "../interval.ts";

/** Seconds for the few writes to etcd by which a lease is given up, taken, or a standby is taken off the list. */
export const WRITES_TO_ETCD = 1;

/** etcd gives no lease of less than one and a half election timeouts (server/etcdserver/server.go, `minTTL`). */
export function leaseOf({ timing: { ttl, etcdElectionMs } }: Topology): number {
  return Math.max(ttl, Math.ceil(1.5 * fromMs(etcdElectionMs)));
}

/** An election starts after one to two timeouts without a heartbeat; a split vote makes it begin again once. */
export function electionAtMost({ timing }: Topology): number {
  return 4 * fromMs(timing.etcdElectionMs);
}
