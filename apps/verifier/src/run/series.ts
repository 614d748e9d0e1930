import { latencyOf, nameOf, operationsIn, type Population } from "../checks/population.ts";
import { sightsOf, stalenessOf } from "../checks/staleness.ts";
import { type Operation, only } from "../history/operation.ts";
import type { LagSample, LatencySample, OutcomeBucket, RoleSpan, ScenarioSeries, StalenessSample } from "./record.ts";

/** What series need that is not in a history. */
export interface SeriesFacts {
  /** The scenario's start, in nanoseconds of the history's clock. */
  readonly origin: number;
  /** Seconds after which an answer is late. */
  readonly deadline: number;
  /** Whose operations are shown, and how long they took. */
  readonly load: readonly Population[];
  /** The table of heartbeats. */
  readonly heartbeats: string;
  /** Services whose reads of heartbeats are shown. */
  readonly endpoints: readonly string[];
  /** Milliseconds that a read may be behind; `null` where none is promised. */
  readonly stalenessBound: number | null;
}

const secondsSince = (origin: number, time: number) => (time - origin) / 1e9;

function loadOf(operations: readonly Operation[], { load }: SeriesFacts): readonly Operation[] {
  return load.flatMap((population) => operationsIn(operations, population));
}

function outcomesOf(operations: readonly Operation[], facts: SeriesFacts): readonly OutcomeBucket[] {
  const { origin, deadline } = facts;
  const secondOf = ({ intended }: Operation) => Math.floor(secondsSince(origin, intended));
  const buckets = Map.groupBy(loadOf(operations, facts), (operation) => `${secondOf(operation)} ${nameOf(operation)}`);
  return [...buckets.values()]
    .flatMap((bucket): OutcomeBucket[] => {
      const [first] = bucket;
      if (!first) return [];
      const count = (phase: Operation["phase"]) => bucket.filter((operation) => operation.phase === phase).length;
      const late = bucket.filter((operation) => operation.phase === "ok" && latencyOf(operation) > deadline * 1e9).length;
      return [{ second: secondOf(first), population: nameOf(first), ok: count("ok"), fail: count("fail"), info: count("info"), late }];
    })
    .toSorted((a, b) => a.second - b.second || a.population.localeCompare(b.population, "en"));
}

function latenciesOf(operations: readonly Operation[], facts: SeriesFacts): readonly LatencySample[] {
  return loadOf(operations, facts)
    .filter(({ phase }) => phase === "ok")
    .map((operation) => ({
      at: secondsSince(facts.origin, operation.intended),
      population: nameOf(operation),
      milliseconds: latencyOf(operation) / 1e6,
    }))
    .toSorted((a, b) => a.at - b.at);
}

/** One node's answers, each holding until the next: the last one for no time at all. */
function spansOf(node: string, asked: readonly Operation[], origin: number): readonly RoleSpan[] {
  const spans: RoleSpan[] = [];
  for (const { phase, server, invoked, completed } of asked) {
    const at = secondsSince(origin, phase === "ok" ? completed : invoked);
    const role = phase === "ok" && server ? server.role : "unreachable";
    const timeline = phase === "ok" && server ? server.timeline : null;
    const last = spans.pop();
    if (last) spans.push({ ...last, to: at });
    if (last?.role !== role || last.timeline !== timeline) spans.push({ node, role, timeline, from: at, to: at });
  }
  return spans;
}

function rolesOf(operations: readonly Operation[], { origin }: SeriesFacts): readonly RoleSpan[] {
  const nodes = Map.groupBy(only(operations, "ask-role"), ({ key }) => key);
  return [...nodes].flatMap(([node, asked]) => spansOf(node, asked, origin)).toSorted((a, b) => a.from - b.from);
}

function lagOf(operations: readonly Operation[], { origin, heartbeats, endpoints }: SeriesFacts): readonly LagSample[] {
  return sightsOf(operations, heartbeats, endpoints).flatMap(({ invoked, result, server }) =>
    server?.role === "replica" ? [{ at: secondsSince(origin, invoked), node: server.node, bytes: result.lag }] : [],
  );
}

function stalenessSamples(operations: readonly Operation[], { origin, heartbeats, endpoints }: SeriesFacts): readonly StalenessSample[] {
  const stale = stalenessOf(operations, heartbeats, endpoints);
  return stale.map(({ sight, age }) => ({ at: secondsSince(origin, sight.invoked), endpoint: sight.endpoint, milliseconds: age / 1e6 }));
}

/** What a history has for the figure of its scenario. What etcd and the balancers say is observed elsewhere. */
export function seriesOf(operations: readonly Operation[], facts: SeriesFacts): Omit<ScenarioSeries, "etcd" | "balancers"> {
  return {
    roles: rolesOf(operations, facts),
    outcomes: outcomesOf(operations, facts),
    latencies: latenciesOf(operations, facts),
    lag: lagOf(operations, facts),
    staleness: stalenessSamples(operations, facts),
    stalenessBound: facts.stalenessBound,
  };
}
