import type { BalancerSpan, EtcdSpan, LagSample, LatencySample, OutcomeBucket, RoleSpan, ScenarioSeries, Span } from "../../run/record.ts";
import { chanceFrom } from "./chance.ts";

const POPULATIONS = [
  { name: "app_rw, persistent", perSecond: 25, milliseconds: 3 },
  { name: "app_rw, per operation", perSecond: 25, milliseconds: 11 },
] as const;

/** How a scenario went, as far as its figure shows it. */
export interface Course {
  readonly seed: number;
  readonly seconds: number;
  readonly roles: readonly RoleSpan[];
  readonly etcd: readonly EtcdSpan[];
  readonly balancers: readonly BalancerSpan[];
  /** When writes were not acknowledged. */
  readonly outage: Span | null;
  /** A replica that falls behind, and when. */
  readonly behind: (Span & { readonly node: string }) | null;
  readonly replicas: readonly string[];
  readonly stalenessBound: number | null;
}

function within(at: number, span: Span | null): boolean {
  return span !== null && at >= span.from && at < span.to;
}

function outcomesOf({ seconds, outage }: Course, chance: () => number): OutcomeBucket[] {
  return Array.from({ length: seconds }, (_, second) => second).flatMap((second) =>
    POPULATIONS.map(({ name, perSecond }): OutcomeBucket => {
      const all = perSecond - (chance() < 0.1 ? 1 : 0);
      const share = outage ? Math.max(0, Math.min(second + 1, outage.to) - Math.max(second, outage.from)) : 0;
      const refused = Math.round(all * share);
      const info = outage && Math.floor(outage.from) === second ? Math.min(3, refused) : 0;
      const late = outage && Math.floor(outage.to) === second ? Math.min(6, all - refused) : 0;
      return { second, population: name, ok: all - refused, fail: refused - info, info, late };
    }),
  );
}

/** Ten a second of each population: a cloud, a little slower just after service returns. */
function latenciesOf({ seconds, outage }: Course, chance: () => number): LatencySample[] {
  return Array.from({ length: seconds * 10 }, (_, tenth) => tenth / 10).flatMap((start) =>
    POPULATIONS.flatMap(({ name, milliseconds }) => {
      const at = start + chance() / 10;
      if (within(at, outage)) return [];
      const queued = outage && at >= outage.to && at < outage.to + 2 ? 900 * Math.exp((outage.to - at) * 2.2) : 0;
      const tail = chance() < 0.02 ? 12 : 1;
      const took = milliseconds * (0.6 + 0.9 * chance() + chance() ** 6 * 4) * tail + queued;
      return [{ at: Number(at.toFixed(3)), population: name, milliseconds: Number(took.toFixed(2)) }];
    }),
  );
}

function lagOf({ seconds, behind, replicas }: Course, chance: () => number): LagSample[] {
  return Array.from({ length: seconds }, (_, at) => at).flatMap((at) =>
    replicas.map((node): LagSample => {
      const grown = behind?.node === node && within(at, behind) ? (at - behind.from) * 90_000 : 0;
      return { at, node, bytes: Math.round(chance() ** 4 * 24_000 + grown) };
    }),
  );
}

function stalenessOf({ seconds, behind }: Course, chance: () => number): ScenarioSeries["staleness"] {
  return Array.from({ length: seconds * 4 }, (_, quarter) => quarter / 4).map((at) => {
    const stale = within(at, behind) && behind ? (at - behind.from) * 1000 : 0;
    return { at, endpoint: "app_ro", milliseconds: Number((chance() ** 3 * 60 + stale).toFixed(1)) };
  });
}

/** What would have been recorded of such a course. */
export function seriesOf(course: Course): ScenarioSeries {
  const chance = chanceFrom(course.seed);
  return {
    roles: course.roles,
    etcd: course.etcd,
    balancers: course.balancers,
    outcomes: outcomesOf(course, chance),
    latencies: latenciesOf(course, chance),
    lag: lagOf(course, chance),
    staleness: stalenessOf(course, chance),
    stalenessBound: course.stalenessBound,
  };
}
