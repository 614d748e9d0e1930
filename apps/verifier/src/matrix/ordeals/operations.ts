import { coldRestart, failoverTo, reinitialiseReplica, rollingRestart, switchover, switchoverTo } from "../../faults/operations.ts";
import { EVERYWHERE, LONG, type Ordeal } from "./ordeal.ts";
import { CANDIDATE_LEADS, REMOTE_WAITS } from "./proofs.ts";

/** What operators do while the cluster is used. */
export const OPERATION_ORDEALS: readonly Ordeal[] = [
  {
    fault: switchover,
    rows: ["A18", "D2", "D3"],
    suites: EVERYWHERE,
    predicted: "switchover",
    measured: true,
    writesReturn: "by themselves",
    within: 40,
  },
  {
    fault: switchoverTo,
    rows: ["A18", "D2", "D3"],
    suites: LONG,
    predicted: "switchover",
    writesReturn: "by themselves",
    within: 40,
    proofs: [CANDIDATE_LEADS],
  },
  {
    // With a primary that lives Patroni does the same for a failover: it demotes in good order.
    fault: failoverTo,
    rows: ["A18", "D2", "D3"],
    suites: LONG,
    predicted: "switchover",
    writesReturn: "by themselves",
    within: 40,
    proofs: [CANDIDATE_LEADS],
  },
  {
    fault: reinitialiseReplica,
    rows: ["A2", "D2", "D3"],
    suites: LONG,
    predicted: "standby-lost",
    injection: 180,
    writesReturn: "by themselves",
    within: 30,
  },
  {
    // The longest outage of all its steps: standbys and members of etcd cost less than the one switchover.
    fault: rollingRestart,
    rows: ["A18", "D2", "D3"],
    suites: LONG,
    predicted: "switchover",
    injection: 900,
    writesReturn: "by themselves",
    within: 60,
    proofs: [REMOTE_WAITS],
  },
  {
    fault: coldRestart,
    rows: ["A2", "D3"],
    suites: LONG,
    predicted: null,
    injection: 60,
    writesReturn: "by themselves",
    within: 180,
    proofs: [REMOTE_WAITS],
  },
];
