import type { CheckRequest } from "../checks/catalogue.ts";
import { outageOf } from "../checks/outage.ts";
import { nameOf, type Population, type Window } from "../checks/population.ts";
import type { BundleFacts } from "../cluster/bundle.ts";
import { membersWith } from "../cluster/cluster.ts";
import { primaryOf } from "../cluster/nodes.ts";
import { pause } from "../cluster/pause.ts";
import { serviceFor } from "../cluster/services.ts";
import { query } from "../cluster/sessions.ts";
import { settled } from "../cluster/settled.ts";
import { until } from "../cluster/until.ts";
import type { Event } from "../history/event.ts";
import { operationsOf } from "../history/operation.ts";
import { newRecorder, type Recorder } from "../history/recorder.ts";
import type { ScenarioSeries } from "../run/record.ts";
import type { Claim, Stage } from "../run/scenario.ts";
import { seriesOf } from "../run/series.ts";
import { watchCluster } from "../run/watch.ts";
import { startClients } from "../workload/client.ts";
import { monotonicNow } from "../history/clock.ts";
import { WORKLOADS } from "../workload/index.ts";
import { replayedBy } from "../workload/replayed.ts";
import { watchRoles } from "../workload/roles.ts";
import { writersOf } from "../workload/set-workload.ts";
import { readableServices, writableServices } from "../workload/ways.ts";
import type { Limits } from "../workload/workload.ts";

/** Seconds after which an answer is too late. */
export const DEADLINE = 1;

/** What is expected of clients in a scenario, besides what holds always. */
export interface Circumstances {
  /** The scenario. */
  readonly id: string;
  /** Seconds that a read through the read-only services may be behind. */
  readonly stalenessBound: number;
  readonly limits: Limits;
}

/** What clients left when they were stopped. */
interface Told {
  readonly history: readonly Event[];
  readonly series: ScenarioSeries;
  readonly requests: readonly CheckRequest[];
}

/** Clients of every kind, at work. */
export interface Load {
  /** Who writes into the set: outages are measured with them. */
  readonly populations: readonly Population[];
  /** Everybody's services, and the node that one client stays with. */
  readonly endpoints: readonly string[];
  readonly pinned: string;
  /** Waits until every writer is acknowledged something that it sent after the moment. Throws after `within` seconds. */
  readonly writesReturn: (moment: number, within: number) => Promise<void>;
  /** Waits until each of them has been served in full, as before the fault, but no longer than so many seconds: a check tells. */
  readonly serviceReturns: (injection: Window, within: number) => Promise<void>;
  /** Stops everybody on a whole cluster, reads what can be read only then, and takes the tables away. */
  readonly finish: () => Promise<Told>;
}

/** What is claimed of clients in a scenario. */
export function loadClaims(scenario: string, facts: BundleFacts | null): Claim[] {
  return WORKLOADS.flatMap(({ claims }) =>
    Object.entries(claims(facts)).map(([id, text]) => ({ id: `${scenario}-${id}`, text, property: id })),
  );
}

function tablesOf(): (readonly [(typeof WORKLOADS)[number], string])[] {
  const prefix = `verifier_${Date.now().toString(36)}`;
  return WORKLOADS.map((workload) => [workload, `${prefix}_${workload.id}`] as const);
}

/**
 * Gives who was acknowledged something that was sent after the moment. Each look reads only what came since the last one:
 * looks come ten times a second, beside what is measured.
 */
function acknowledgedSince(events: readonly Event[], moment: number): () => ReadonlySet<string> {
  const sent = new Set<number>();
  const names = new Set<string>();
  let position = 0;
  return () => {
    for (let event = events[position]; event; event = events[++position]) {
      if (event.phase === "invoke" && event.t > moment) sent.add(event.process);
      if (event.phase === "ok" && sent.has(event.process)) names.add(nameOf(event));
    }
    return names;
  };
}

function servedAgain({ events }: Recorder, populations: readonly Population[], ended: AbortSignal): Load["serviceReturns"] {
  return async (injection, within) => {
    const back = async () => {
      // A look pairs the whole history: not ten times a second.
      await pause(1000, ended);
      const operations = operationsOf(events);
      return populations.every((population) => outageOf(operations, { population, injection, deadline: DEADLINE }).full !== null);
    };
    await until(back, { within, what: "everybody is served as before", ended }).catch(() => ended.throwIfAborted());
  };
}

/** Starts clients of every kind on a cluster that has their tables on every node. */
export async function startLoad(stage: Stage, { id, stalenessBound, limits }: Circumstances): Promise<Load> {
  const { cluster, onEnd, chance, options, origin } = stage;
  const { facts } = cluster;
  const direct = serviceFor(facts, { through: "balancer", access: "rw" });
  const history = newRecorder(monotonicNow, stage.keep);
  const primary = await primaryOf(cluster);
  const ground = { cluster, history, chance, primary, rate: options.rate };
  const tables = tablesOf();
  const populations = writersOf(facts).map((kind): Population => ({ ...kind, f: "add" }));
  for (const [workload, table] of tables) await query(facts, direct, workload.create(table).join("; "));
  await replayedBy(cluster, membersWith(facts, "postgresql"));

  const roles = watchRoles(cluster, history, direct);
  onEnd("the watch of the roles", roles.stop);
  const watch = watchCluster(cluster, origin);
  onEnd("the watch of the cluster", watch.stop);
  const clients = tables.flatMap(([workload, table]) => workload.clients(ground, table));
  const running = startClients(facts, history, clients);
  onEnd("the clients", running.stop);

  const writesReturn: Load["writesReturn"] = async (moment, within) => {
    const look = acknowledgedSince(history.events, moment);
    const back = async () => {
      const names = look();
      return populations.every((population) => names.has(nameOf(population)));
    };
    await until(back, { within, what: "every kind of writer is acknowledged again", ended: cluster.ended });
  };
  const told = (watched: Awaited<ReturnType<typeof watch.stop>>): Told => {
    const beats = tables.find(([workload]) => workload.id === "beats")?.[1] ?? "";
    const bound = stalenessBound * 1000;
    const shown = {
      origin,
      deadline: DEADLINE,
      load: populations,
      heartbeats: beats,
      endpoints: readableServices(facts),
      stalenessBound: bound,
    };
    const terms = { facts, primary, stalenessBound, limits, id: (claim: string) => `${id}-${claim}` };
    return {
      history: history.events,
      series: { ...seriesOf(operationsOf(history.events), shown), ...watched },
      requests: tables.flatMap(([workload, table]) => workload.requests({ ...terms, table })),
    };
  };
  const finish = async () => {
    await settled(cluster, 180);
    await running.stop();
    await roles.stop();
    const watched = await watch.stop();
    for (const [workload, table] of tables) await workload.readAtTheEnd?.(ground, table);
    for (const [workload, table] of tables) await query(facts, direct, workload.drop(table).join("; "));
    return told(watched);
  };
  const endpoints = [...writableServices(facts), ...readableServices(facts)];
  const serviceReturns = servedAgain(history, populations, cluster.ended);
  return { populations, endpoints, pinned: primary.name, writesReturn, serviceReturns, finish };
}
