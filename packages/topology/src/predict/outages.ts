import type { Topology } from "../resolve/topology.ts";
import { type Cluster, clusterOf, consequenceFor } from "./consequence.ts";
import * as durations from "./durations.ts";
import { compareEffects, type Effect } from "./effect.ts";
import type { Interval } from "./interval.ts";
import { combine, countOf, kindOf, MEMBER_KINDS, NO_MEMBERS, type Parts } from "./shape.ts";
import { isStrict, standbysOf } from "./standbys.ts";
import { electionFitsRetry } from "./terms/etcd-loss.ts";

/** Every kind of fault that is predicted, in the order of a report. */
export const FAULTS = [
  "primary-host-lost",
  "primary-host-and-etcd-leader-lost",
  "postgresql-crashed",
  "switchover",
  "synchronous-standby-lost",
  "standby-lost",
  "etcd-leader-lost",
  "etcd-quorum-lost",
  "last-write-without-etcd",
  "first-write-with-etcd-again",
  "balancer-lost",
  "pooler-lost",
] as const;
/** One of them. */
export type Fault = (typeof FAULTS)[number];

/** What ends a stop: the lost part itself, that or a person, or the recovery of PostgreSQL, however long it takes. */
export type EndOfStop = "return" | "return-or-operator" | "recovery";

/** What becomes of writes. Durations are in seconds. */
export type Outcome =
  /** No write fails or waits. */
  | { readonly kind: "none"; readonly why: string }
  /** No write is acknowledged for so long; for the two moments beside etcd's loss, the time until that moment. */
  | ({ readonly kind: "interval" } & Interval)
  /** Nothing in the topology bounds it. */
  | { readonly kind: "stop"; readonly until: EndOfStop; readonly why: string };

/** A prediction to hold a measurement against. */
export interface Prediction {
  readonly fault: Fault;
  /** The fault in a few words; a row says `that` of the fault in the row before it. */
  readonly what: string;
  readonly outcome: Outcome;
}

const NOTHING: Parts = { etcd: 0, postgresql: NO_MEMBERS, haproxy: 0, poolers: new Set() };

function interval(duration: Interval): Outcome {
  return { kind: "interval", ...duration };
}

function stop(until: EndOfStop, why: string): Outcome {
  return { kind: "stop", until, why };
}

function none(why: string): Outcome {
  return { kind: "none", why };
}

/** The effect of a loss on writes, as an outcome; `pause` is what a pause consists of. */
function outcomeOf(effect: Effect, pause: Interval, why: { readonly none: string; readonly stop: string }): Outcome {
  switch (effect.kind) {
    case "pause":
      return interval(pause);
    case "stop":
      return stop(effect.until, why.stop);
    case "go-on":
    case "stale":
      return none(why.none);
  }
}

function worstOf(effects: readonly Effect[]): Effect | undefined {
  return effects.toSorted(compareEffects).at(-1);
}

/** Writes when the node of a primary is lost, at worst for any node that may be it; `etcd` members elsewhere are lost as well. */
function primaryHostLost(cluster: Cluster, etcd: 0 | 1): Effect | undefined {
  const { topology, nodes } = cluster;
  const effects = topology.postgresql
    .filter(({ promotable }) => promotable)
    .map((member) => {
      const own = nodes.get(member.node) ?? NOTHING;
      const lost = { ...own, etcd: Math.max(own.etcd, etcd) };
      return consequenceFor(cluster, lost, { kind: kindOf(member), lost: true }).writes;
    });
  return worstOf(effects);
}

const NO_SUCCESSOR = "No other node may take over, or etcd or the only way in is lost with it.";

function hostPredictions(cluster: Cluster): Prediction[] {
  const { topology } = cluster;
  const rows = [
    { fault: "primary-host-lost", what: "the primary's host lost", etcd: 0 },
    { fault: "primary-host-and-etcd-leader-lost", what: "etcd's leader lost with it", etcd: 1 },
  ] as const;
  return rows.flatMap(({ fault, what, etcd }) => {
    const effect = primaryHostLost(cluster, etcd);
    const pause = durations.primaryHostLost(topology, etcd === 1);
    return effect === undefined ? [] : { fault, what, outcome: outcomeOf(effect, pause, { none: "", stop: NO_SUCCESSOR }) };
  });
}

/** What stands against another node taking over while the primary's host lives on, for any node that may be the primary. */
type Hindrance = "no-successor" | "strict-alone";

function hindranceOf({ topology, whole: { postgresql } }: Cluster): Hindrance | null {
  const primaries = topology.postgresql.filter(({ promotable }) => promotable).map(kindOf);
  const takesOver = primaries.every((kind) => {
    const primary = { kind, lost: true };
    return standbysOf(topology, postgresql, { ...NO_MEMBERS, [kind]: 1 }, primary).mayTakeOver;
  });
  if (!takesOver) return "no-successor";
  return isStrict(topology) && countOf(postgresql) === 2 ? "strict-alone" : null;
}

const WHY_NOT: Record<Hindrance, string> = {
  "no-successor": "No standby may take over: PostgreSQL replays the WAL since its last checkpoint, in its place, however long that takes.",
  "strict-alone": "Replication is strict: the new primary acknowledges nothing before the old one is back as its standby.",
};

function handOverPredictions(cluster: Cluster): Prediction[] {
  const { topology } = cluster;
  const hindrance = hindranceOf(cluster);
  const unless = (duration: (topology: Topology) => Interval): Outcome =>
    hindrance === null ? interval(duration(topology)) : stop("recovery", WHY_NOT[hindrance]);
  const crash = topology.timing.primaryStartTimeout === 0 ? durations.crashHandedOver : durations.crashRecovered;
  const switchover: Prediction = { fault: "switchover", what: "a switchover", outcome: unless(durations.switchedOver) };
  return [
    { fault: "postgresql-crashed", what: "PostgreSQL crashed, Patroni alive", outcome: unless(crash) },
    ...(hindrance === "no-successor" ? [] : [switchover]),
  ];
}

/** A standby of each kind that may be lost beside the primary; the worst of what that does. */
function standbyLost(cluster: Cluster, synchronous: boolean): Effect | undefined {
  const kinds = MEMBER_KINDS.filter((kind) => (kind === "full" || kind === "synchronous") === synchronous);
  const primaries = cluster.topology.postgresql.filter(({ promotable }) => promotable).map(kindOf);
  const effects = [...new Set(primaries)].flatMap((primary) =>
    kinds.flatMap((kind) => {
      const both = combine({ ...NO_MEMBERS, [primary]: 1 }, { ...NO_MEMBERS, [kind]: 1 }, (a, b) => a + b);
      if (MEMBER_KINDS.some((each) => both[each] > cluster.whole.postgresql[each])) return [];
      const lost = { ...NOTHING, postgresql: { ...NO_MEMBERS, [kind]: 1 } };
      return consequenceFor(cluster, lost, { kind: primary, lost: false }).writes;
    }),
  );
  return worstOf(effects);
}

function standbyPredictions(cluster: Cluster): Prediction[] {
  const { topology } = cluster;
  const asynchronous = topology.replication.mode === "asynchronous";
  const effect = asynchronous ? undefined : standbyLost(cluster, true);
  const why = {
    none: "Commits need no more standbys than are left.",
    stop: "Replication is strict: no write is acknowledged without a standby.",
  };
  const synchronous: Prediction[] =
    effect === undefined
      ? []
      : [
          {
            fault: "synchronous-standby-lost",
            what: "a synchronous standby lost",
            outcome: outcomeOf(effect, durations.commitsWait(topology), why),
          },
        ];
  const other = standbyLost(cluster, false) ?? (asynchronous ? standbyLost(cluster, true) : undefined);
  if (other === undefined) return synchronous;
  const outcome = outcomeOf(other, durations.commitsWait(topology), { ...why, none: "No commit waits for it." });
  return [...synchronous, { fault: "standby-lost", what: asynchronous ? "a standby lost" : "an asynchronous standby lost", outcome }];
}

function etcdPredictions({ topology, whole }: Cluster): Prediction[] {
  const survivesOne = 2 * (whole.etcd - 1) > whole.etcd;
  const leader = electionFitsRetry(topology)
    ? none("Patroni tries for longer than etcd needs to elect another leader.")
    : interval(durations.demotedByElection(topology));
  const quorum = topology.failsafe
    ? none("The primary goes on while every PostgreSQL node answers it (failsafe); if one does not, it demotes itself.")
    : stop("return-or-operator", "Without a majority of etcd nobody may hold the lease: the primary demotes itself.");
  const demotion = topology.failsafe ? ", a node silent too," : "";
  return [
    ...(survivesOne ? [{ fault: "etcd-leader-lost" as const, what: "etcd's leader lost", outcome: leader }] : []),
    { fault: "etcd-quorum-lost", what: "etcd's majority lost", outcome: quorum },
    {
      fault: "last-write-without-etcd",
      what: `from that${demotion} to the last write`,
      outcome: interval(durations.lastWrite(topology)),
    },
    {
      fault: "first-write-with-etcd-again",
      what: "from etcd's new start to the first write",
      outcome: interval(durations.firstWrite(topology)),
    },
  ];
}

function wayInPredictions({ topology: { haproxy, pgbouncer } }: Cluster): Prediction[] {
  const outcome = (members: number, what: string) =>
    members === 1 ? stop("return", `It is the only ${what}.`) : none(`Its clients are cut off until they connect to another ${what}.`);
  return [
    { fault: "balancer-lost", what: "an HAProxy lost", outcome: outcome(haproxy.length, "HAProxy") },
    ...(pgbouncer.length === 0
      ? []
      : [{ fault: "pooler-lost" as const, what: "a PgBouncer lost", outcome: outcome(pgbouncer.length, "PgBouncer") }]),
  ];
}

/**
 * The write outage of each kind of fault, as an interval with its terms or as what it is when nothing bounds it; in the
 * order of `FAULTS`, without those that cannot happen here. For the topology as it stands, whole before the fault.
 */
export function predictOutages(topology: Topology): Prediction[] {
  const cluster = clusterOf(topology);
  return [
    ...hostPredictions(cluster),
    ...handOverPredictions(cluster),
    ...standbyPredictions(cluster),
    ...etcdPredictions(cluster),
    ...wayInPredictions(cluster),
  ];
}
