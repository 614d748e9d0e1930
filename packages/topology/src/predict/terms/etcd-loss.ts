import type { Topology } from "../../resolve/topology.ts";
import { fromMs, type Term } from "../interval.ts";
import { electionAtMost } from "./etcd.ts";

/** A member of etcd starts, reads its log, and connects to its peers. */
const ETCD_START = 3;

/** `call_failsafe_member` in patroni/ha.py: 2 s, and one retry. */
const FAILSAFE_POLL = 4;

export function roundBegins({ timing }: Topology): Term {
  return { name: "the primary's next round", low: 0, high: timing.loopWait, why: "Patroni speaks to etcd once in loop_wait." };
}

export function etcdRead({ timing }: Topology): Term {
  return {
    name: "reading etcd",
    low: 0,
    high: timing.retryTimeout,
    why: "Patroni reads the cluster's state first, and tries for retry_timeout.",
  };
}

/**
 * The earliest end: a further attempt is made only while one second is left after a pause that doubles from 0.1 s and
 * takes up to 0.8 s more (patroni/utils.py, Retry; patroni/dcs/etcd.py, _calculate_timeouts).
 */
export function renewalGivenUp({ timing: { retryTimeout } }: Topology): Term {
  return {
    name: "renewing the lease",
    low: Math.max(0, (retryTimeout - 1.9) / 2),
    high: retryTimeout,
    why: "Patroni tries for retry_timeout, less a last pause for which no time would be left; then it demotes itself.",
  };
}

/** Absent where the primary asks nobody. */
export function membersAsked({ failsafe }: Topology): Term[] {
  if (!failsafe) return [];
  const why = "In failsafe mode the primary asks all members first: 2 s, and once more (patroni/ha.py, call_failsafe_member).";
  return [{ name: "the members are asked", low: 0, high: FAILSAFE_POLL, why }];
}

export function etcdReturns(topology: Topology): Term {
  return {
    name: "etcd starts and elects",
    low: 0,
    high: ETCD_START + electionAtMost(topology),
    why: "Members read their log, connect (assumed bound: 3 s) and elect a leader; one that had waited may win at once.",
  };
}

export function etcdNoticed({ timing }: Topology): Term {
  return {
    name: "Patroni finds etcd again",
    low: 0,
    high: timing.loopWait + timing.retryTimeout + 1,
    why: "An attempt under way ends after retry_timeout, the watcher pauses for 1 s, the next round comes within loop_wait. The old primary's lease is still its own: a new leader of etcd gave it a whole ttl.",
  };
}

/** Whether an election of etcd ends before Patroni loses patience. */
export function electionFitsRetry({ timing }: Topology): boolean {
  return 2 * fromMs(timing.etcdElectionMs) < timing.retryTimeout;
}
