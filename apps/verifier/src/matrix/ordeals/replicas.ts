import { cutOffReplica } from "../../faults/replicas.ts";
import { LONG, type Ordeal } from "./ordeal.ts";

/** Whoever serves reads. */
export const REPLICA_ORDEALS: readonly Ordeal[] = [
  {
    fault: cutOffReplica,
    rows: ["A5", "D3"],
    suites: LONG,
    predicted: "standby-lost",
    // Longer than anybody may take to find out.
    writesReturn: 40,
    within: 30,
    withdraws: true,
  },
];
