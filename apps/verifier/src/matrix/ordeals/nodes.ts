import { divergePrimary, hasSpareSuccessor, killPrimaryPastStandby, killSuccessor } from "../../faults/divergence.ts";
import {
  freezePrimary,
  freezePrimaryHalfRetry,
  freezePrimaryPastLease,
  freezePrimaryRetry,
  killPrimary,
  killPrimaryAndEtcdLeader,
  killPrimaryAndPooler,
  killPrimaryAndStandby,
  killReplica,
  killSynchronousStandby,
} from "../../faults/nodes.ts";
import { killBackends, killPostmaster, stopPatroni, stopPostmaster } from "../../faults/processes.ts";
import { EVERYWHERE, LONG, LOSS, type Ordeal } from "./ordeal.ts";
import { CANDIDATE_LEADS, PRIMARY_STAYS, REMOTE_WAITS, REWOUND, STALE_STANDBY_WAITS, UNACKNOWLEDGED_GONE } from "./proofs.ts";

/** What is known of Patroni without a watchdog: nobody demotes PostgreSQL for it while it stands still. */
const NO_WATCHDOG = "Patroni that stands still cannot demote its PostgreSQL; without a watchdog the roles may overlap until it goes on.";
const FROZEN = "A machine that stands still wakes up as a primary, until its Patroni looks: the roles may overlap for a moment.";

const NO_POSTMASTER =
  "A postmaster that stands still lets nobody in, while Patroni's own sessions go on: that alone brings no failover, and clients wait.";

const STALE_RECEIVER =
  "A WAL receiver that stands still goes on saying that it streams, and cannot time out: its standby is held to the limit in bytes alone.";

/** Machines, PostgreSQL and Patroni. */
export const NODE_ORDEALS: readonly Ordeal[] = [
  {
    fault: killPostmaster,
    rows: ["D2", "D3"],
    suites: EVERYWHERE,
    predicted: "postgresql-crashed",
    measured: true,
    writesReturn: "by themselves",
    within: 60,
  },
  {
    fault: killPrimary,
    rows: ["A2", "D2", "D3"],
    suites: LONG,
    tags: [LOSS],
    predicted: "primary-host-lost",
    measured: true,
    writesReturn: "by themselves",
    within: 90,
  },
  {
    // A new leader of etcd grants every lease its full time again.
    fault: killPrimaryAndEtcdLeader,
    rows: ["A2", "A15", "D2", "D3"],
    suites: LONG,
    predicted: "primary-host-and-etcd-leader-lost",
    measured: true,
    writesReturn: "by themselves",
    within: 90,
  },
  {
    fault: killSynchronousStandby,
    rows: ["A2", "D2", "D3"],
    suites: LONG,
    predicted: "synchronous-standby-lost",
    measured: true,
    writesReturn: "by themselves",
    within: 60,
  },
  {
    fault: killReplica,
    rows: ["D2", "D3"],
    suites: LONG,
    predicted: "standby-lost",
    measured: true,
    writesReturn: "by themselves",
    within: 30,
  },
  { fault: killPrimaryAndStandby, rows: ["A2", "D3"], suites: LONG, predicted: null, writesReturn: 40, within: 120 },
  { fault: freezePrimary, rows: ["D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90, roleLimit: FROZEN },
  { fault: stopPatroni, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 45, within: 120, roleLimit: NO_WATCHDOG },
  { fault: stopPostmaster, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 20, within: 90, limit: NO_POSTMASTER },
  {
    // PostgreSQL ends all sessions and recovers by itself: its postmaster lives, and Patroni waits for it.
    fault: killBackends,
    rows: ["D3"],
    suites: LONG,
    predicted: "postgresql-crashed",
    writesReturn: "by themselves",
    within: 60,
  },
  {
    fault: freezePrimaryHalfRetry,
    rows: ["D3"],
    suites: LONG,
    predicted: null,
    writesReturn: ({ timings }) => timings.retryTimeout / 2,
    within: 30,
    proofs: [PRIMARY_STAYS],
  },
  {
    fault: freezePrimaryRetry,
    rows: ["D3"],
    suites: LONG,
    predicted: null,
    writesReturn: ({ timings }) => timings.retryTimeout,
    within: 30,
    proofs: [PRIMARY_STAYS],
  },
  {
    fault: freezePrimaryPastLease,
    rows: ["D3"],
    suites: LONG,
    predicted: null,
    writesReturn: ({ timings }) => timings.ttl + timings.loopWait,
    within: 60,
    roleLimit: FROZEN,
    proofs: [REMOTE_WAITS],
  },
  {
    fault: divergePrimary,
    rows: ["A2", "D3"],
    suites: LONG,
    predicted: null,
    injection: 10,
    writesReturn: "by themselves",
    within: 90,
    proofs: [CANDIDATE_LEADS, REMOTE_WAITS, REWOUND, UNACKNOWLEDGED_GONE],
  },
  {
    // Only the old primary has everything: writes wait for it, unless another standby took the place of the one that stopped.
    fault: killPrimaryPastStandby,
    rows: ["A2", "D3"],
    suites: LONG,
    predicted: null,
    injection: 120,
    writesReturn: (facts) => (hasSpareSuccessor(facts) ? "by themselves" : facts.timings.ttl + 3 * facts.timings.loopWait),
    within: 120,
    staleLimit: STALE_RECEIVER,
    proofs: [STALE_STANDBY_WAITS, REMOTE_WAITS],
  },
  {
    // The successor has no successor of its own yet: writes wait for the two to return.
    fault: killSuccessor,
    rows: ["A2", "D3"],
    suites: LONG,
    predicted: null,
    injection: 60,
    writesReturn: 10,
    within: 120,
    proofs: [REMOTE_WAITS],
  },
  {
    fault: killPrimaryAndPooler,
    rows: ["A2", "A8", "D3"],
    suites: LONG,
    predicted: null,
    writesReturn: ({ timings }) => timings.ttl + 5,
    within: 90,
    proofs: [REMOTE_WAITS],
  },
];
