import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

/** Timings that must fit each other. */
export const TIMING_PAGES = {
  "below-patroni-minimum": {
    severity: ["error"],
    cause: "A timing is lower than the lowest that Patroni accepts.",
    why: "Patroni runs with its own minimum instead (ttl 20, loop_wait 1, retry_timeout 3) and says so in its log only: the file states an outage that the cluster does not keep.",
    source: "patroni/config.py, `_validate_and_adjust_timeouts`",
    remedy: "Set the minimum or more; the preset `fast` is at it.",
    example: {
      before: "timing: { preset: fast, ttl: 15, retry_timeout: 5 }",
      after: "timing: { preset: fast, ttl: 20, retry_timeout: 5 }",
    },
  },
  "timing-exceeds-ttl": {
    severity: ["error"],
    cause: "loop_wait + 2 × retry_timeout is more than ttl.",
    why: "The primary must be able to miss one round and retry twice before its lease ends. Patroni lowers loop_wait, then retry_timeout, until they fit, with a line in its log only.",
    source: "patroni/config.py, `_validate_and_adjust_timeouts`",
    remedy: "Raise ttl, or lower retry_timeout.",
    example: {
      before: "timing: { ttl: 30, loop_wait: 10, retry_timeout: 15 }",
      after: "timing: { ttl: 41, loop_wait: 10, retry_timeout: 15 }",
    },
  },
  "timing-equals-ttl": {
    severity: ["error", "warning"],
    cause: "loop_wait + 2 × retry_timeout is exactly ttl.",
    why: "There is no slack: one slow round loses the lease. With failsafe the primary asks the other members while its lease ends, and may demote itself (an error there).",
    source: "Patroni manual, DCS Failsafe Mode; patroni/ha.py",
    remedy: "Raise ttl by one or more.",
    example: {
      before: "timing: { ttl: 30, loop_wait: 10, retry_timeout: 10 }",
      after: "timing: { ttl: 31, loop_wait: 10, retry_timeout: 10 }",
    },
  },
  "etcd-election-too-short": {
    severity: ["error"],
    cause: "etcd's election timeout is less than five heartbeats.",
    why: "etcd does not start.",
    source: "etcd, embed/config.go, `Validate`",
    remedy: "Set etcd_election_ms to ten heartbeats.",
    example: { before: "timing: { etcd_heartbeat_ms: 300 }", after: "timing: { etcd_heartbeat_ms: 300, etcd_election_ms: 3000 }" },
  },
  "etcd-election-tight": {
    severity: ["warning"],
    cause: "etcd's election timeout is less than ten heartbeats.",
    why: "A short delay on the network or the disk unseats its leader; while a new one is elected nobody can renew a lease.",
    source: "etcd.io, Tuning, Time parameters",
    remedy: "Set etcd_election_ms to ten heartbeats.",
    example: { before: "timing: { etcd_heartbeat_ms: 150 }", after: "timing: { etcd_heartbeat_ms: 150, etcd_election_ms: 1500 }" },
  },
  "etcd-election-too-long": {
    severity: ["error"],
    cause: "etcd's election timeout is more than 50 s.",
    why: "etcd does not start.",
    source: "etcd, embed/config.go, `maxElectionMs`",
    remedy: "Ten times the round trip between the members is enough.",
    example: { before: "timing: { etcd_election_ms: 50001 }", after: "timing: { etcd_election_ms: 4000 }" },
  },
  "etcd-election-exceeds-retry": {
    severity: ["warning"],
    cause: "An election in etcd can take longer than Patroni retries.",
    why: "etcd draws each timeout between one and two times the setting. When its leader dies, Patroni must outlast one election, or it demotes a primary that is well.",
    source: "etcd, raft/raft.go, `resetRandomizedElectionTimeout`; Patroni manual, retry_timeout",
    remedy: "Set etcd_election_ms below half of retry_timeout, or raise retry_timeout.",
    example: { before: "timing: { etcd_election_ms: 5000 }", after: "timing: { etcd_election_ms: 4000 }" },
  },
  "check-intervals-inverted": {
    severity: ["error"],
    cause: "The fast check interval is longer than the normal one.",
    why: "A state that is changing would be looked at less often than one that is steady, and every failover takes longer.",
    source: "HAProxy manual, 5.2, fastinter",
    remedy: "Set check_fast_interval_ms to check_interval_ms or less.",
    example: { before: "timing: { check_interval_ms: 400 }", after: "timing: { check_interval_ms: 400, check_fast_interval_ms: 200 }" },
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
