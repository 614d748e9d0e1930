import type { ScenarioRecord } from "../../run/record.ts";
import { BEHIND, QUORUM, SPLIT } from "./synthetic-failures.ts";
import { DURABLE, nothingLost, ONE_PRIMARY, passed, RETURNS, scenario } from "./tell-scenario.ts";

function primaryKilled(run: number, gap: number, parts: readonly [number, number, number]): ScenarioRecord {
  const [promote, route, acknowledge] = parts;
  return scenario({
    id: `primary-killed.${run}`,
    title: "The primary's container is killed",
    tags: ["failover", "smoke"],
    rows: ["A2", "D2", "D3"],
    claims: [DURABLE, ONE_PRIMARY, RETURNS],
    started: `2030-04-02T12:0${run}:00.000Z`,
    seconds: 75,
    phases: [
      { name: "steady", from: 0, to: 20 },
      { name: "fault", from: 20, to: 50 },
      { name: "recovery", from: 50, to: 75 },
    ],
    fault: {
      name: "primary killed",
      targets: [run === 2 ? "node2" : "node1"],
      from: 20,
      to: 50,
      byHand: "docker kill patroni-cluster-node1\n# and to heal it:\ndocker start patroni-cluster-node1",
    },
    measurements: [
      {
        what: "primary node dies",
        metric: "gap",
        seconds: gap,
        predicted: [18, 24.9],
        phases: [
          { name: "promote", seconds: promote },
          { name: "route", seconds: route },
          { name: "acknowledge", seconds: acknowledge },
        ],
      },
      { what: "primary node dies", metric: "full service", seconds: gap + 1.1, predicted: null, phases: [] },
    ],
    checks: [
      nothingLost(2310 + run * 7, 6),
      passed(ONE_PRIMARY.id, { acknowledgements: 2310 + run * 7, overlaps: 0 }),
      passed(RETURNS.id, { "gap seconds": gap, "predicted low seconds": 18, "predicted high seconds": 24.9 }),
    ],
  });
}

const HEALTH = scenario({
  id: "etcd-health",
  title: "Every etcd member is healthy",
  tags: ["components", "smoke"],
  rows: ["A3", "A18"],
  claims: [
    { id: "etcd health", text: "Every member answers over HTTPS as healthy, with one leader and no alarm." },
    { id: "etcd prefix", text: "Patroni's user reads and writes below its own prefix, and is refused everywhere else." },
  ],
  started: "2030-04-02T11:59:40.000Z",
  seconds: 3.4,
  checks: [passed("etcd health", { members: 3, leaders: 1, alarms: 0 }), passed("etcd prefix", { "keys allowed": 4, "keys refused": 6 })],
});

const SWITCHOVER = scenario({
  id: "switchover",
  title: "A switchover by the operator",
  tags: ["failover", "smoke"],
  rows: ["A18", "D2"],
  claims: [DURABLE, ONE_PRIMARY, RETURNS],
  started: "2030-04-02T12:11:00.000Z",
  seconds: 40,
  phases: [
    { name: "steady", from: 0, to: 15 },
    { name: "fault", from: 15, to: 18 },
    { name: "recovery", from: 18, to: 40 },
  ],
  fault: { name: "switchover", from: 15, to: 18, byHand: "./cluster patronictl switchover --candidate node1 --force" },
  measurements: [
    {
      what: "switchover",
      metric: "gap",
      seconds: 2.1,
      predicted: [1.2, 3.4],
      phases: [
        { name: "demote", seconds: 0.9 },
        { name: "promote", seconds: 1 },
        { name: "route", seconds: 0.2 },
      ],
    },
  ],
  checks: [
    nothingLost(1790, 2),
    passed(ONE_PRIMARY.id, { acknowledgements: 1790, overlaps: 0 }),
    passed(RETURNS.id, { "gap seconds": 2.1 }),
  ],
});

const FROZEN_LIMIT = "Patroni does not fail over while a frozen postmaster still accepts connections: writes wait until it goes on.";

const FROZEN = scenario({
  id: "postmaster-frozen",
  title: "The primary's postmaster is frozen",
  tags: ["limits"],
  rows: ["D3"],
  claims: [ONE_PRIMARY, RETURNS],
  started: "2030-04-02T12:14:00.000Z",
  seconds: 45,
  fault: { name: "postmaster frozen", from: 12, to: 32, byHand: "docker exec patroni-cluster-node1 pkill -STOP -o -x postgres" },
  checks: [
    passed(ONE_PRIMARY.id, { acknowledgements: 1120, overlaps: 0 }),
    {
      claim: RETURNS.id,
      verdict: "pass",
      reason: "app_rw, persistent: an outage of 20.30 s, predicted were 0 to 5 s",
      limit: FROZEN_LIMIT,
      evidence: { "gap seconds": 20.3, "predicted high seconds": 5 },
      anomalies: [],
    },
  ],
});

const CLOCK = scenario({
  id: "clock-jump",
  title: "The primary's clock jumps by an hour",
  rows: ["D3"],
  claims: [ONE_PRIMARY],
  started: "2030-04-02T12:15:00.000Z",
  seconds: 0,
  fault: { name: "clock jump", from: 0, to: 0, byHand: "faketime is preloaded into Patroni" },
  skipped: "The image has no libfaketime.",
});

const CLIENTS = [
  { endpoint: "app_rw", session: "persistent", f: "add" },
  { endpoint: "app_rw", session: "per-operation", f: "add" },
  { endpoint: "app-direct-ro", session: "persistent", f: "read" },
] as const;

function answered(claim: string, operations: number, late: number, [p50, p90, p99, max]: readonly [number, number, number, number]) {
  return passed(claim, {
    operations,
    failed: 0,
    late,
    "percent in time": (100 * (operations - late)) / operations,
    "window seconds": 60,
    "latency p50 ms": p50,
    "latency p90 ms": p90,
    "latency p99 ms": p99,
    "latency max ms": max,
  });
}

const LOAD = scenario({
  id: "stress",
  title: "Load: readers and writers at once, for a while",
  tags: ["load"],
  rows: ["D1", "D2"],
  claims: [
    { id: "stress-writes", text: "More than 99 % of the writes are acknowledged within a second.", property: "availability" },
    { id: "stress-reads", text: "More than 99 % of the reads are answered within a second.", property: "availability of reads" },
  ],
  started: "2030-04-02T12:00:00.000Z",
  seconds: 64.2,
  machine: {
    seconds: 64,
    used: {
      cluster: { mean: 0.41, max: 0.58 },
      verifier: { mean: 0.12, max: 0.2 },
      engine: { mean: 0.03, max: 0.09 },
      kernel: { mean: 0.01, max: 0.02 },
      others: { mean: 0.06, max: 0.44 },
    },
    idle: { mean: 0.35, max: 0.61 },
    steal: { mean: 0, max: 0.01 },
    stalled: { processors: { mean: 0.21, max: 0.74 }, disk: { mean: 0.02, max: 0.1 }, memory: { mean: 0, max: 0 } },
    busiest: [{ name: "unattended-upgr", share: 0.05 }],
    saturated: [{ from: 40, to: 44, by: ["processors"] }],
  },
  requests: CLIENTS.map((population) => ({
    check: "availability",
    claim: population.f === "add" ? "stress-writes" : "stress-reads",
    limit: null,
    facts: { population, window: { from: 3e9, to: 63e9, name: "steady load" }, deadline: 1, share: 0.99 },
  })),
  checks: [
    answered("stress-writes", 1204, 0, [3.1, 5.2, 11.9, 48.2]),
    answered("stress-writes", 1196, 2, [14.8, 22.1, 61.3, 1204.6]),
    answered("stress-reads", 1203, 0, [1.2, 2.4, 6.8, 19.7]),
  ],
});

/** A scenario for each way in which one can end. */
export const SYNTHETIC_SCENARIOS: readonly ScenarioRecord[] = [
  HEALTH,
  LOAD,
  primaryKilled(1, 21.2, [20.6, 0.5, 0.1]),
  primaryKilled(2, 22.7, [22, 0.6, 0.1]),
  primaryKilled(3, 20.8, [20.1, 0.6, 0.1]),
  QUORUM,
  SPLIT,
  SWITCHOVER,
  BEHIND,
  FROZEN,
  CLOCK,
];
