import type { RunRecord, ScenarioSeries } from "../../run/record.ts";
import { mergeVerdicts } from "../../history/verdict.ts";
import { operationsOf } from "../../history/operation.ts";
import type { SavedRun } from "../saved-run.ts";
import { primaryLost, quorumLost, replicaBehind, splitBrain, switchover } from "./synthetic-courses.ts";
import { SPLIT_HISTORY } from "./synthetic-history.ts";
import { SYNTHETIC_SCENARIOS } from "./synthetic-scenarios.ts";
import { seriesOf } from "./synthetic-series.ts";

const HEADER: RunRecord["header"] = {
  id: "20300402-115938",
  seed: 4242,
  suite: "full",
  started: "2030-04-02T11:59:38.000Z",
  seconds: 987,
  command: "make big-test SUITE=full SEED=4242",
  version: "0.1.0",
  cluster: {
    scope: "patroni-cluster",
    example: "two-datacenters",
    replication: "synchronous",
    timings: { ttl: 20, loopWait: 2, retryTimeout: 5, primaryStartTimeout: 0 },
    versions: { PostgreSQL: "17.11", Patroni: "4.0.7", etcd: "3.5.16", HAProxy: "3.0.11", PgBouncer: "1.24.1" },
    images: {
      node1: "sha256:5f0c8d0e4b0a4a9ad2d8f2f4f8ea0f3d6c1f4e29b6a7c0d1e2f3a4b5c6d7e8f9",
      etcd1: "sha256:a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
      haproxy: "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
      pgbouncer: "sha256:9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d5e4f30211203f4e5d6c7b8a9",
    },
    patroniConfig: {
      ttl: 20,
      loop_wait: 2,
      retry_timeout: 5,
      primary_start_timeout: 0,
      maximum_lag_on_failover: 1_048_576,
      synchronous_mode: true,
      synchronous_node_count: 1,
      failsafe_mode: false,
      postgresql: { use_slots: true, parameters: { max_connections: 120, wal_level: "replica", wal_log_hints: "on" } },
    },
  },
  choice: { bundle: "clusters/two-datacenters", suite: "full", only: [], tag: [], rate: 50, threads: 8 },
  planned: SYNTHETIC_SCENARIOS.filter(({ skipped }) => skipped === null).map(({ id }) => id),
  parts: [
    { started: "2030-04-02T11:59:38.000Z", seconds: 600 },
    { started: "2030-04-02T12:20:00.000Z", seconds: 387, leftWhole: true },
  ],
  machine: { processors: "2", memory: "7.6 GiB", kernel: "Linux 6.1.0" },
};

const SERIES: ReadonlyMap<string, ScenarioSeries> = new Map([
  ["primary-killed.1", seriesOf(primaryLost(101, 21.2))],
  ["primary-killed.2", seriesOf(primaryLost(102, 22.7))],
  ["primary-killed.3", seriesOf(primaryLost(103, 20.8))],
  ["etcd-quorum-lost", seriesOf(quorumLost(104))],
  ["primary-isolated", seriesOf(splitBrain(105))],
  ["switchover", seriesOf(switchover(106))],
  ["replica-cut-off", seriesOf(replicaBehind(107))],
]);

/** A run as it could have been: every verdict, a limit, repetitions, an anomaly of two kinds. No cluster was asked. */
export const SYNTHETIC_RUN: SavedRun = {
  record: {
    format: 1,
    header: HEADER,
    scenarios: SYNTHETIC_SCENARIOS,
    verdict: mergeVerdicts(SYNTHETIC_SCENARIOS.filter(({ skipped }) => skipped === null).map(({ verdict }) => verdict)),
    untested: [
      { what: "Delay and jitter on the network", why: "This kernel has no netem." },
      { what: "Watchdog", why: "This machine has no watchdog device." },
    ],
  },
  series: SERIES,
  operations: new Map([["primary-isolated", operationsOf(SPLIT_HISTORY)]]),
  histories: new Set(["primary-killed.1", "primary-killed.2", "primary-killed.3", "etcd-quorum-lost", "primary-isolated", "switchover"]),
};
