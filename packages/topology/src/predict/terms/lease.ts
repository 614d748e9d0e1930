import type { Topology } from "../../resolve/topology.ts";
import { fromMs, type Term } from "../interval.ts";
import { electionAtMost, leaseOf, WRITES_TO_ETCD } from "./etcd.ts";

/** `leaseTick` of etcd's lessor (server/lease/lessor.go). */
const ETCD_TICK = 0.5;

/** Fixed in Patroni (patroni/ha.py, `fetch_node_status`). */
const MEMBER_POLL = 2;

export function leaseRunsOut(topology: Topology): Term {
  const lease = leaseOf(topology);
  return {
    name: "the lease runs out",
    low: lease - topology.timing.loopWait,
    high: lease,
    why: "The primary renewed it in its last round, up to loop_wait before it died; nobody else may take it before ttl is over.",
  };
}

/** The lease when etcd's leader dies as well. */
export function leaseStartsAgain(topology: Topology): Term {
  const lease = leaseOf(topology) + fromMs(topology.timing.etcdElectionMs);
  return {
    name: "the lease starts again",
    low: lease,
    high: lease,
    why: "A new leader of etcd cannot know how long a lease had to go: it gives each its whole ttl and one election timeout more (lessor.Promote).",
  };
}

export function etcdElects(topology: Topology): Term {
  return {
    name: "etcd elects a leader",
    low: fromMs(topology.timing.etcdElectionMs - topology.timing.etcdHeartbeatMs),
    high: electionAtMost(topology),
    why: "Followers wait between one and two election timeouts after the last heartbeat (raft, randomizedElectionTimeout); a split vote costs as much again.",
  };
}

export function etcdNotices(): Term {
  return { name: "etcd's tick", low: 0, high: ETCD_TICK, why: "etcd looks for expired leases every 0.5 s (lessor.runLoop)." };
}

export function deadMemberPolled(): Term {
  return {
    name: "the dead member is asked",
    low: 0,
    high: MEMBER_POLL,
    why: "Before it takes the lease a standby asks every member for its position, the dead one too, and waits 2 s at most (patroni/ha.py, fetch_node_status).",
  };
}

export function leaseTaken(): Term {
  return {
    name: "the lease is taken",
    low: 0,
    high: WRITES_TO_ETCD,
    why: "A few writes to etcd, each on the disks of its majority (assumed bound).",
  };
}

export function leaseGivenUp(): Term {
  return {
    name: "the lease is given up",
    low: 0,
    high: WRITES_TO_ETCD,
    why: "Patroni asks whether a standby may take over, and deletes the leader's key (primary_start_timeout 0; assumed bound).",
  };
}
