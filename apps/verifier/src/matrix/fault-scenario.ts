import { setTimeout as delay } from "node:timers/promises";
import { PORTS } from "@matriarch/topology";
import type { CheckRequest } from "../checks/catalogue.ts";
import type { Population, Window } from "../checks/population.ts";
import { type Cluster, membersWith, publishedPort } from "../cluster/cluster.ts";
import { localQuery } from "../cluster/nodes.ts";
import { settled } from "../cluster/settled.ts";
import { until } from "../cluster/until.ts";
import type { Fault } from "../faults/fault.ts";
import { acknowledgements, operationsOf } from "../history/operation.ts";
import { newRecorder, type Recorder } from "../history/recorder.ts";
import { measurementsOf } from "../run/measure.ts";
import { seriesOf } from "../run/series.ts";
import { watchCluster } from "../run/watch.ts";
import type { Claim, Scenario, Stage, Suite } from "../run/scenario.ts";
import { monotonicNow } from "../workload/clock.ts";
import { watchRoles } from "../workload/roles.ts";
import { createSet, dropSet, readSet } from "../workload/set.ts";
import { startWriters, type WriterKind } from "../workload/writers.ts";

/** Seconds of use before a fault, so that there is something to compare with; and after it, so that full service can be seen. */
const STEADY = 8;
const AFTERWARDS = 20;
/** Seconds after which an answer is too late. */
const DEADLINE = 1;

const POOLED = "app_rw";
const DIRECT = "app-direct-rw";
const WRITERS: readonly WriterKind[] = [POOLED, DIRECT].flatMap((endpoint) =>
  (["persistent", "per-operation"] as const).map((session) => ({ endpoint, session })),
);

const POPULATIONS = WRITERS.map((kind): Population => ({ ...kind, f: "add" }));

/** A fault, and what is expected of the cluster: declared before anything is done to it. */
export interface Ordeal {
  readonly fault: Fault;
  readonly rows: readonly string[];
  readonly suites: readonly Suite[];
  /** Name of the outage in the bundle's promises; `null` where none is predicted. */
  readonly predicted: string | null;
  /** `by themselves`: writes return although nobody heals. A number: it is healed after so many seconds. */
  readonly writesReturn: "by themselves" | number;
  /** Seconds for writes to return, from the injection or the healing. */
  readonly within: number;
  /** A known limit that excuses two primaries by role. */
  readonly roleLimit?: string;
}

const CLAIMS = {
  loss: "No acknowledged write is lost, none that failed is there, and all nodes have the same.",
  measuredLoss: "What is lost with asynchronous replication is measured; nothing that failed is there, and all nodes have the same.",
  acknowledgement: "Two primaries never both acknowledge a write.",
  role: "There is one primary at a time.",
  prediction: "Writes are interrupted for as long as was predicted.",
  recovery: "Service returns in full.",
} as const;

function claimsOf({ fault, predicted }: Ordeal, facts: Cluster["facts"] | null): Record<string, Claim> {
  const claim = (kind: keyof typeof CLAIMS): Claim => ({
    id: `${fault.id}-${kind === "measuredLoss" ? "loss" : kind}`,
    text: CLAIMS[kind],
  });
  return {
    loss: claim(facts?.replication === "asynchronous" ? "measuredLoss" : "loss"),
    acknowledgement: claim("acknowledgement"),
    role: claim("role"),
    ...(predicted === null ? {} : { prediction: claim("prediction") }),
    recovery: claim("recovery"),
  };
}

/** What the bundle predicts of it; `null` where it has no bound, or no prediction. */
function predictionOf({ predicted }: Ordeal, { facts }: Cluster): readonly [number, number] | null {
  return predicted === null ? null : (facts.predictions.get(predicted) ?? null);
}

/** Waits until every kind of writer is acknowledged something that it sent after the moment. */
async function writesReturn(history: Recorder, moment: number, within: number): Promise<void> {
  const back = async () => {
    // The history is paired once a look, not once for each kind: looks come ten times a second, beside what is measured.
    const since = acknowledgements(operationsOf(history.events)).filter(({ invoked }) => invoked > moment);
    return WRITERS.every(({ endpoint, session }) => since.some((add) => add.endpoint === endpoint && add.session === session));
  };
  await until(back, { within, what: "every kind of writer is acknowledged again" });
}

/** Reads the set twice on the primary and once on every other node, each as far as the primary has written. */
async function readAtTheEnd(cluster: Cluster, history: Recorder, key: string): Promise<void> {
  const primary = await settled(cluster);
  const [lsn = ""] = await localQuery(cluster, primary, "SELECT pg_current_wal_flush_lsn()");
  const reached = `SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= '${lsn}'`;
  await readSet(cluster.facts, history, POOLED, key);
  for (const node of membersWith(cluster.facts, "postgresql")) {
    await until(async () => (await localQuery(cluster, node, reached))[0] === "t", { within: 60, what: `${node.name} has caught up` });
    await readSet(cluster.facts, history, DIRECT, key, { port: publishedPort(node, PORTS.postgresql) });
  }
}

function requestsOf(ordeal: Ordeal, cluster: Cluster, key: string, injection: Window): CheckRequest[] {
  const { facts } = cluster;
  const claims = claimsOf(ordeal, facts);
  const nodes = membersWith(facts, "postgresql").map(({ name }) => name);
  const id = (kind: string) => claims[kind]?.id ?? "";
  const predicted = predictionOf(ordeal, cluster);
  const outage = (population: Population) => ({ population, injection, deadline: DEADLINE });
  return [
    {
      check: "set",
      claim: id("loss"),
      limit: null,
      facts: { key, nodes, promise: facts.replication === "synchronous" ? "nothing is lost" : "loss is measured" },
    },
    { check: "acknowledgement-overlap", claim: id("acknowledgement"), limit: null, facts: { endpoints: [POOLED, DIRECT] } },
    { check: "role-overlap", claim: id("role"), limit: ordeal.roleLimit ?? null, facts: null },
    ...(predicted
      ? POPULATIONS.map((population): CheckRequest => ({
          check: "prediction",
          claim: id("prediction"),
          limit: null,
          facts: { ...outage(population), predicted },
        }))
      : []),
    ...POPULATIONS.map((population): CheckRequest => ({
      check: "recovery",
      claim: id("recovery"),
      limit: null,
      facts: outage(population),
    })),
  ];
}

async function endure(ordeal: Ordeal, stage: Stage) {
  const { cluster, phase, onEnd, chance } = stage;
  const { fault } = ordeal;
  const history = newRecorder(monotonicNow, stage.keep);
  const key = `verifier_${fault.id.replaceAll("-", "_")}_${Date.now().toString(36)}`;
  await createSet(cluster.facts, DIRECT, key);
  const interval = (1000 * WRITERS.length) / stage.options.rate;
  const writers = startWriters(cluster.facts, history, key, WRITERS, { deadline: 3000, interval });
  onEnd("the writers", writers.stop);
  const roles = watchRoles(cluster, history, DIRECT);
  onEnd("the watch of the roles", roles.stop);
  const watch = watchCluster(cluster, stage.origin);
  onEnd("the watch of the cluster", watch.stop);

  phase("steady");
  await writesReturn(history, 0, 15);
  // Outages depend on where in its round Patroni is.
  await delay(1000 * (STEADY + chance() * cluster.facts.timings.loopWait));

  phase("fault");
  const targets = await fault.targets(cluster);
  onEnd(fault.title, () => fault.heal(cluster, targets));
  const told = cluster.commands.length;
  const injection = { from: monotonicNow(), to: 0 };
  await fault.inject(cluster, targets);
  injection.to = monotonicNow();
  const byHand = cluster.commands.slice(told).join("\n");
  let from = injection.to;
  if (ordeal.writesReturn !== "by themselves") {
    await delay(1000 * ordeal.writesReturn);
    phase("healing");
    from = monotonicNow();
    await fault.heal(cluster, targets);
  }
  await writesReturn(history, from, ordeal.within);
  phase("recovery");
  await delay(1000 * AFTERWARDS);
  phase("return");
  await fault.heal(cluster, targets);
  await settled(cluster, 180);
  await writers.stop();
  await roles.stop();
  const watched = await watch.stop();
  phase("final reads");
  await readAtTheEnd(cluster, history, key);
  await dropSet(cluster.facts, DIRECT, key);
  const operations = operationsOf(history.events);
  const seen = seriesOf(operations, { origin: stage.origin, deadline: DEADLINE, heartbeats: "", endpoints: [], stalenessBound: null });
  return {
    history: history.events,
    requests: requestsOf(ordeal, cluster, key, injection),
    measurements: measurementsOf(operations, POPULATIONS, {
      injection,
      deadline: DEADLINE,
      what: ordeal.predicted ?? fault.id,
      predicted: predictionOf(ordeal, cluster),
    }),
    series: { ...seen, ...watched },
    injection,
    targets,
    byHand,
  };
}

/** A fault while the cluster is written to, and what clients saw of it. */
export function faultScenario(ordeal: Ordeal): Scenario {
  const { fault, rows, suites, within, writesReturn: returning } = ordeal;
  const held = returning === "by themselves" ? 0 : returning;
  return {
    id: fault.id,
    title: fault.title,
    rows,
    suites,
    tags: ["fault"],
    claims: Object.values(claimsOf(ordeal, null)),
    limit: 60 + STEADY + held + within + AFTERWARDS + 240,
    unavailable: fault.available,
    play: async (stage) => {
      const { injection, targets, byHand, ...found } = await endure(ordeal, stage);
      const seconds = (moment: number) => (moment - stage.origin) / 1e9;
      const name = `${fault.title} (${targets.map((target) => target.name).join(", ")})`;
      return {
        ...found,
        checks: [],
        fault: { name, byHand, from: seconds(injection.from), to: seconds(injection.to) },
        limits: ordeal.roleLimit === undefined ? [] : [ordeal.roleLimit],
      };
    },
  };
}
