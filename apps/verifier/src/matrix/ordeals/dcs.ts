import { loseDatacenter } from "../../faults/datacenters.ts";
import { fillEtcd, killEtcd, killEtcdFollower, killEtcdLeader, killEtcdQuorum, stopEtcdLeader } from "../../faults/dcs.ts";
import { alarmSeen } from "./alarm.ts";
import { BOUND_WAIVED, LONG, type Ordeal } from "./ordeal.ts";

/** Long enough that Patroni has given up, the read-only services have changed to what is left, and that goes on. */
const HELD = 45;

/** What A15 asks for, where the topology does not say `failsafe`. */
const withoutMajority = {
  rows: ["A15", "D3"],
  suites: LONG,
  predicted: null,
  writesReturn: HELD,
  within: 120,
  readsGoOn: true,
  staleLimit: BOUND_WAIVED,
  stops: { last: "last-write-without-etcd", first: "first-write-with-etcd-again", whose: "everybody", unless: "etcd-quorum-lost" },
} as const;

/** etcd, and what depends on it. */
export const DCS_ORDEALS: readonly Ordeal[] = [
  {
    fault: killEtcdLeader,
    rows: ["A15", "D2", "D3"],
    suites: LONG,
    predicted: "etcd-leader-lost",
    measured: true,
    writesReturn: "by themselves",
    within: 30,
  },
  {
    fault: stopEtcdLeader,
    rows: ["A15", "D3"],
    suites: LONG,
    predicted: "etcd-leader-lost",
    writesReturn: "by themselves",
    within: 30,
  },
  { fault: killEtcdFollower, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 30 },
  { fault: killEtcdQuorum, ...withoutMajority, measured: true },
  { fault: killEtcd, ...withoutMajority },
  { fault: fillEtcd, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 30, probe: alarmSeen },
  {
    fault: loseDatacenter,
    rows: ["A2", "A15", "D3"],
    suites: LONG,
    predicted: null,
    writesReturn: HELD,
    within: 120,
    readsGoOn: true,
    staleLimit: BOUND_WAIVED,
    // Nobody is left who could acknowledge anything.
    stops: { last: 0, first: null, whose: "everybody" },
  },
];
