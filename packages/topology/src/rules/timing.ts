import { PATRONI_MINIMUMS } from "../timing.ts";
import { error, type TopologyRule, warning } from "./finding.ts";

/** etcd refuses to start below (embed/config.go, `Validate`). */
const LEAST_HEARTBEATS_PER_ELECTION = 5;
/** etcd's tuning guide: the heartbeat about the round trip, the election timeout at least ten round trips. */
const WISE_HEARTBEATS_PER_ELECTION = 10;
/** etcd refuses to start above (embed/config.go, `maxElectionMs`). */
const LONGEST_ELECTION_MS = 50_000;

const MINIMUM_KEYS = { ttl: "ttl", loopWait: "loop_wait", retryTimeout: "retry_timeout" } as const;

/** Patroni would run with its own minimum, and say so in its log only. */
export const belowPatroniMinimum: TopologyRule = ({ timing }) =>
  (["ttl", "loopWait", "retryTimeout"] as const)
    .filter((name) => timing[name] < PATRONI_MINIMUMS[name])
    .map((name) => {
      const key = MINIMUM_KEYS[name];
      const message = `${key} is ${timing[name]} s, and Patroni silently uses ${PATRONI_MINIMUMS[name]} s instead of anything lower.`;
      return error("below-patroni-minimum", ["timing", key], message, `Set it to ${PATRONI_MINIMUMS[name]} or more.`);
    });

/** The primary must be able to miss one round and retry twice before its lease ends. */
export const timingExceedsTtl: TopologyRule = ({ timing: { ttl, loopWait, retryTimeout } }) => {
  const needed = loopWait + 2 * retryTimeout;
  if (needed <= ttl) return [];
  const message = `loop_wait + 2 × retry_timeout = ${loopWait} + 2 × ${retryTimeout} = ${needed} s is more than the ttl of ${ttl} s: Patroni would silently lower them.`;
  return [
    error(
      "timing-exceeds-ttl",
      ["timing", "ttl"],
      message,
      `Raise ttl to ${needed + 1} or more, or lower retry_timeout to ${Math.floor((ttl - loopWait - 1) / 2)} or less.`,
    ),
  ];
};

/** Equality leaves no slack: failsafe mode then races the end of the lease. */
export const timingEqualsTtl: TopologyRule = ({ failsafe, timing: { ttl, loopWait, retryTimeout } }) => {
  if (loopWait + 2 * retryTimeout !== ttl) return [];
  const sum = `loop_wait + 2 × retry_timeout = ${loopWait} + 2 × ${retryTimeout} s is exactly the ttl of ${ttl} s`;
  const hint = `Raise ttl to ${ttl + 1} or more.`;
  return failsafe
    ? [
        error(
          "timing-equals-ttl",
          ["timing", "ttl"],
          `${sum}: in failsafe mode the primary asks the others while its lease ends, and may demote itself.`,
          hint,
        ),
      ]
    : [warning("timing-equals-ttl", ["timing", "ttl"], `${sum}: one slow round loses the lease.`, hint)];
};

export const etcdElectionTooShort: TopologyRule = ({ timing: { etcdHeartbeatMs, etcdElectionMs } }) => {
  const least = LEAST_HEARTBEATS_PER_ELECTION * etcdHeartbeatMs;
  if (etcdElectionMs >= least) return [];
  const message = `etcd does not start: its election timeout of ${etcdElectionMs} ms is less than ${LEAST_HEARTBEATS_PER_ELECTION} heartbeats of ${etcdHeartbeatMs} ms.`;
  return [
    error(
      "etcd-election-too-short",
      ["timing", "etcd_election_ms"],
      message,
      `Set etcd_election_ms to ${WISE_HEARTBEATS_PER_ELECTION * etcdHeartbeatMs}.`,
    ),
  ];
};

export const etcdElectionTight: TopologyRule = ({ timing: { etcdHeartbeatMs, etcdElectionMs } }) => {
  const wise = WISE_HEARTBEATS_PER_ELECTION * etcdHeartbeatMs;
  if (etcdElectionMs >= wise || etcdElectionMs < LEAST_HEARTBEATS_PER_ELECTION * etcdHeartbeatMs) return [];
  const message = `etcd's election timeout of ${etcdElectionMs} ms is less than ${WISE_HEARTBEATS_PER_ELECTION} heartbeats of ${etcdHeartbeatMs} ms: a short delay unseats its leader.`;
  return [warning("etcd-election-tight", ["timing", "etcd_election_ms"], message, `Set etcd_election_ms to ${wise}.`)];
};

export const etcdElectionTooLong: TopologyRule = ({ timing: { etcdElectionMs } }) => {
  if (etcdElectionMs <= LONGEST_ELECTION_MS) return [];
  const message = `etcd does not start: its election timeout of ${etcdElectionMs} ms is more than ${LONGEST_ELECTION_MS} ms.`;
  return [
    error(
      "etcd-election-too-long",
      ["timing", "etcd_election_ms"],
      message,
      "Ten times the round trip between the etcd members is enough.",
    ),
  ];
};

/** etcd draws each election timeout between one and two times the setting; Patroni must outlast one election. */
export const etcdElectionExceedsRetry: TopologyRule = ({ timing: { etcdElectionMs, retryTimeout } }) => {
  if (2 * etcdElectionMs < 1000 * retryTimeout) return [];
  const message = `An election in etcd takes up to 2 × ${etcdElectionMs} ms, not less than Patroni's retry_timeout of ${retryTimeout} s: losing etcd's leader would demote the primary.`;
  return [
    warning(
      "etcd-election-exceeds-retry",
      ["timing", "etcd_election_ms"],
      message,
      `Set etcd_election_ms below ${500 * retryTimeout}, or raise retry_timeout.`,
    ),
  ];
};

export const checkIntervalsInverted: TopologyRule = ({ timing: { checkIntervalMs, checkFastIntervalMs } }) => {
  if (checkFastIntervalMs <= checkIntervalMs) return [];
  const message = `check_fast_interval_ms, ${checkFastIntervalMs}, is longer than check_interval_ms, ${checkIntervalMs}: a changing state would be checked less often than a steady one.`;
  return [error("check-intervals-inverted", ["timing", "check_fast_interval_ms"], message, `Set it to ${checkIntervalMs} or less.`)];
};
