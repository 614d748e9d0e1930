import type { ScenarioRecord } from "../../run/record.ts";
import { BEHIND, QUORUM, SPLIT } from "./synthetic-failures.ts";
import { DURABLE, nothingLost, ONE_PRIMARY, passed, RETURNS, scenario } from "./tell-scenario.ts";

function primaryKilled(run: number, gap: number, parts: readonly [number, number, number]): ScenarioRecord {
  const [promote, route, acknowledge] = parts;
  return scenario({
    id: `primary-killed-${run}`,
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

/** A scenario for each way in which one can end. */
export const SYNTHETIC_SCENARIOS: readonly ScenarioRecord[] = [
  HEALTH,
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
