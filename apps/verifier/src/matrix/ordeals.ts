import * as dcs from "../faults/dcs.ts";
import * as network from "../faults/network.ts";
import * as nodes from "../faults/nodes.ts";
import * as wayIn from "../faults/way-in.ts";
import type { Ordeal } from "./fault-scenario.ts";

const EVERYWHERE = ["smoke", "full", "soak"] as const;
const LONG = ["full", "soak"] as const;

/** What is known of Patroni without a watchdog: nobody demotes PostgreSQL for it while it stands still. */
const NO_WATCHDOG = "Patroni that stands still cannot demote its PostgreSQL; without a watchdog the roles may overlap until it goes on.";
const FROZEN = "A machine that stands still wakes up as a primary, until its Patroni looks: the roles may overlap for a moment.";

/** Every fault, and what is expected then. */
export const ORDEALS: readonly Ordeal[] = [
  {
    fault: nodes.switchover,
    rows: ["A18", "D2", "D3"],
    suites: EVERYWHERE,
    predicted: "switchover",
    writesReturn: "by themselves",
    within: 40,
  },
  {
    fault: nodes.killPostmaster,
    rows: ["D2", "D3"],
    suites: EVERYWHERE,
    predicted: "postgresql-crashed",
    writesReturn: "by themselves",
    within: 60,
  },
  {
    fault: nodes.killPrimary,
    rows: ["A2", "D2", "D3"],
    suites: LONG,
    predicted: "primary-host-lost",
    writesReturn: "by themselves",
    within: 90,
  },
  {
    fault: nodes.killSynchronousStandby,
    rows: ["A2", "D2", "D3"],
    suites: LONG,
    predicted: "synchronous-standby-lost",
    writesReturn: "by themselves",
    within: 60,
  },
  { fault: nodes.killReplica, rows: ["D2", "D3"], suites: LONG, predicted: "standby-lost", writesReturn: "by themselves", within: 30 },
  { fault: nodes.killPrimaryAndStandby, rows: ["A2", "D3"], suites: LONG, predicted: null, writesReturn: 40, within: 120 },
  { fault: nodes.freezePrimary, rows: ["D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90, roleLimit: FROZEN },
  { fault: nodes.stopPatroni, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 45, within: 120, roleLimit: NO_WATCHDOG },
  { fault: nodes.stopPostmaster, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 20, within: 90 },
  {
    fault: dcs.killEtcdLeader,
    rows: ["A15", "D2", "D3"],
    suites: LONG,
    predicted: "etcd-leader-lost",
    writesReturn: "by themselves",
    within: 30,
  },
  { fault: dcs.killEtcdFollower, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 30 },
  { fault: dcs.killEtcdQuorum, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: 30, within: 120 },
  { fault: dcs.killEtcd, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: 30, within: 120 },
  { fault: network.isolatePrimary, rows: ["D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90 },
  { fault: network.cutPrimaryFromEtcd, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90 },
  { fault: network.cutPrimaryFromPeers, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90 },
  { fault: network.deafenPrimary, rows: ["D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90 },
  { fault: network.mutePrimary, rows: ["D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90 },
  { fault: network.cutPort5432, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 30, within: 90 },
  { fault: network.cutPort8008, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 30, within: 90 },
  { fault: network.cutPort2379, rows: ["A15", "D3"], suites: LONG, predicted: null, writesReturn: "by themselves", within: 90 },
  { fault: network.losePackets, rows: ["D3"], suites: LONG, predicted: null, writesReturn: 30, within: 90 },
  { fault: wayIn.killBalancer, rows: ["A5", "D3"], suites: LONG, predicted: null, writesReturn: 10, within: 60 },
  { fault: wayIn.killPooler, rows: ["A8", "D3"], suites: LONG, predicted: null, writesReturn: 10, within: 60 },
  { fault: wayIn.freezeBalancer, rows: ["A5", "D3"], suites: LONG, predicted: null, writesReturn: 10, within: 60 },
  { fault: wayIn.freezePooler, rows: ["A8", "D3"], suites: LONG, predicted: null, writesReturn: 10, within: 60 },
];
