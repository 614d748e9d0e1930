import type { Topology } from "../../resolve/topology.ts";
import type { Term } from "../interval.ts";
import { leaseOf, WRITES_TO_ETCD } from "./etcd.ts";

/** Absent where the new primary commits without waiting for anybody. */
export function standbyFollows({ timing, waits, replication: { mode, strict } }: Topology): Term[] {
  if (mode === "asynchronous" || (mode === "synchronous" && !strict)) return [];
  const why =
    "The new primary waits for a standby from its first commit: that one follows in its next round, and asks again every wal_retrieve_retry_interval.";
  return [{ name: "a standby follows", low: 0, high: timing.loopWait + waits.walRetrieve + 1, why }];
}

/** After a recovery in its place the primary still waits for its synchronous standby. Absent in asynchronous replication. */
export function standbyReturns({ waits, replication: { mode } }: Topology): Term[] {
  if (mode === "asynchronous") return [];
  const why = "Commits wait until the synchronous standby is connected again: it asks every wal_retrieve_retry_interval.";
  return [{ name: "the standby connects again", low: 0, high: waits.walRetrieve + 1, why }];
}

/** `walSender` 0 waits for ever: then the end of the standby's own entry in etcd decides. */
export function standbyGivenUp(topology: Topology): Term {
  const { walSender } = topology.waits;
  const entry = leaseOf(topology);
  return {
    name: "the standby is given up",
    low: 0,
    high: walSender === 0 ? entry : Math.min(walSender, entry),
    why: "At once where its connection is reset; where its host is silent after wal_sender_timeout, or when its entry in etcd ends with ttl.",
  };
}

export function standbyTakenOff(): Term {
  return {
    name: "the standby is taken off the list",
    low: 0,
    high: WRITES_TO_ETCD,
    why: "Patroni writes to etcd which standbys are synchronous, then reloads PostgreSQL (assumed bound).",
  };
}
