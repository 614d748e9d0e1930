import type { CheckRequest } from "../checks/catalogue.ts";
import { pause } from "../cluster/pause.ts";
import type { Window } from "../checks/population.ts";
import type { BundleFacts } from "../cluster/bundle.ts";
import { serviceFor } from "../cluster/services.ts";
import { operationsOf } from "../history/operation.ts";
import { newRecorder } from "../history/recorder.ts";
import type { Claim, Findings, Scenario, Stage } from "../run/scenario.ts";
import { seriesOf } from "../run/series.ts";
import { watchCluster } from "../run/watch.ts";
import { startClients } from "../workload/client.ts";
import { monotonicNow } from "../history/clock.ts";
import { createSet, dropSet } from "../workload/set.ts";
import { stressClient, type StressKind } from "../workload/stress.ts";

/** Seconds until every client has its session and the pools are full; not judged. */
const WARM_UP = 3;
/** Seconds after which an answer is too late, and the share that has to be in time. */
const DEADLINE = 1;
const SHARE = 0.99;

const CLAIMS = {
  add: {
    id: "stress-writes",
    text: "More than 99 % of the writes are acknowledged within a second, through the pooler and past it, on kept sessions and on new ones.",
    property: "availability",
  },
  read: {
    id: "stress-reads",
    text: "More than 99 % of the reads are answered within a second, on the read-write and on the read-only services, on kept sessions and on new ones.",
    property: "availability of reads",
  },
} as const satisfies Record<string, Claim>;

/** Reading and writing in turn where that is possible, through the pooler and past it, on sessions that last and on new ones. */
function kindsOf(facts: BundleFacts): readonly StressKind[] {
  return (["rw", "ro"] as const).flatMap((access) =>
    (["pooler", "balancer"] as const).flatMap((through) =>
      (["persistent", "per-operation"] as const).map((session): StressKind => {
        return { endpoint: serviceFor(facts, { through, access }), session, cycle: access === "rw" ? ["add", "read"] : ["read"] };
      }),
    ),
  );
}

/** As many clients as are asked for, one kind after the other. */
function clientsOf(kinds: readonly StressKind[], threads: number): StressKind[] {
  return Array.from({ length: threads }, (_, client) => kinds.slice(client % kinds.length, (client % kinds.length) + 1)).flat();
}

/** Every kind of statement of every kind of client. */
function populationsOf(clients: readonly StressKind[]) {
  return [...new Set(clients)].flatMap(({ endpoint, session, cycle }) => cycle.map((f) => ({ endpoint, session, f })));
}

/** What is to be checked, of each by itself. */
function requestsOf(clients: readonly StressKind[], window: Window): CheckRequest[] {
  return populationsOf(clients).map((population): CheckRequest => {
    const facts = { population, window: { ...window, name: "steady load" }, deadline: DEADLINE, share: SHARE };
    return { check: "availability", claim: CLAIMS[population.f].id, limit: null, facts };
  });
}

async function play(stage: Stage): Promise<Findings> {
  const { cluster, options, phase, onEnd, ended } = stage;
  const { facts } = cluster;
  const direct = serviceFor(facts, { through: "balancer", access: "rw" });
  const key = `verifier_stress_${Date.now().toString(36)}`;
  await createSet(facts, direct, key);
  onEnd("the table of the load", () => dropSet(facts, direct, key));
  const history = newRecorder(monotonicNow, stage.keep);
  const clients = clientsOf(kindsOf(facts), options.threads);
  const watch = watchCluster(cluster, stage.origin);
  onEnd("the watch of the cluster", watch.stop);
  phase("warm-up");
  const load = startClients(
    facts,
    history,
    clients.map((kind) => stressClient(kind, history, key)),
  );
  onEnd("the load", load.stop);
  await pause(1000 * WARM_UP, ended);
  phase("steady");
  const from = monotonicNow();
  await pause(1000 * options.duration, ended);
  const window = { from, to: monotonicNow() };
  await load.stop();
  const watched = await watch.stop();
  const shown = {
    origin: stage.origin,
    deadline: DEADLINE,
    load: populationsOf(clients),
    heartbeats: "",
    endpoints: [],
    stalenessBound: null,
  };
  return {
    checks: [],
    history: history.events,
    requests: requestsOf(clients, window),
    series: { ...seriesOf(operationsOf(history.events), shown), ...watched },
  };
}

/** Load on a cluster that nobody hurts: reading and writing clients, as many and as long as whoever starts it says. */
export const stress: Scenario = {
  id: "stress",
  title: "Load: readers and writers at once, for a while",
  rows: ["D1", "D2"],
  tags: ["load"],
  suites: ["smoke", "full", "soak"],
  claims: Object.values(CLAIMS),
  // As long as somebody asks for: the scenario ends itself.
  limit: 24 * 3600,
  usual: ({ duration }) => WARM_UP + duration + 5,
  play,
};
