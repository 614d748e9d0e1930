import type { Topology } from "../resolve/topology.ts";
import { commitsWait, primaryHostLost } from "./durations.ts";
import { type Consequence, type DataRisk, type Effect, type Share, type Until, worse } from "./effect.ts";
import type { Interval } from "./interval.ts";
import { combine, countOf, MEMBER_KINDS, type MemberKind, type Members, merge, type Parts, partsOfNodes } from "./shape.ts";
import { isStrict, type Standbys, standbysOf } from "./standbys.ts";

/** A cluster as far as a loss is judged by it. Made once, used for every loss. */
export interface Cluster {
  readonly topology: Topology;
  readonly whole: Parts;
  readonly nodes: ReadonlyMap<string, Parts>;
  /** Without writes while a standby takes over; with etcd's leader lost in the same moment. */
  readonly takeOver: Interval;
  readonly takeOverWithEtcd: Interval;
  readonly commitsWait: Interval;
}

export function clusterOf(topology: Topology): Cluster {
  const nodes = partsOfNodes(topology);
  return {
    topology,
    whole: merge([...nodes.values()]),
    nodes,
    takeOver: primaryHostLost(topology, false),
    takeOverWithEtcd: primaryHostLost(topology, true),
    commitsWait: commitsWait(topology),
  };
}

/** Which node is the primary: one of a kind, among those that are lost or not. */
export interface Primary {
  readonly kind: MemberKind;
  readonly lost: boolean;
}

interface Loss {
  readonly cluster: Cluster;
  readonly lost: Parts;
  readonly primary: Primary;
  /** PostgreSQL members that are left. */
  readonly left: number;
  /** Whether a primary may stay: etcd has a quorum, or every member answers in failsafe mode. */
  readonly governed: boolean;
  readonly standbys: Standbys;
}

const GO_ON: Effect = { kind: "go-on" };

function pause({ low, usually, high }: Interval): Effect {
  return { kind: "pause", low, usually, high };
}

function stop(until: Until): Effect {
  return { kind: "stop", until };
}

function writesOf({ cluster, lost, primary, governed, standbys, left }: Loss): Effect {
  const stopped = stop(left > 0 ? "return-or-operator" : "return");
  if (!governed || (isStrict(cluster.topology) && left === 1)) return stopped;
  if (!primary.lost) return standbys.commitsWait ? pause(cluster.commitsWait) : GO_ON;
  if (!standbys.mayTakeOver) return stopped;
  // etcd's leader is among those that are lost, or it is not.
  return lost.etcd === 0 ? pause(cluster.takeOver) : pause({ ...cluster.takeOverWithEtcd, low: cluster.takeOver.low });
}

function readsOf({ cluster, primary, governed, standbys, left }: Loss): Effect {
  if (left === 0) return stop("return");
  const hasPrimary = governed && (!primary.lost || standbys.mayTakeOver);
  if (!hasPrimary) return { kind: "stale" };
  return left > 1 || cluster.topology.reads.primaryAsFallback ? GO_ON : stop("return");
}

function dataOf({ primary, standbys, left }: Loss): DataRisk {
  if (left === 0) return "every-copy";
  return primary.lost && !standbys.copyIsLeft ? "lag" : "kept";
}

function shareOf(lost: number, whole: number): Share {
  return lost === 0 ? "all" : lost < whole ? "some" : "none";
}

/** What a loss means while a given node is the primary. */
export function consequenceFor(cluster: Cluster, lost: Parts, primary: Primary): Consequence {
  const { topology, whole } = cluster;
  const left = countOf(whole.postgresql) - countOf(lost.postgresql);
  const loss: Loss = {
    cluster,
    lost,
    primary,
    left,
    governed: 2 * (whole.etcd - lost.etcd) > whole.etcd || (topology.failsafe && countOf(lost.postgresql) === 0),
    standbys: standbysOf(topology, whole.postgresql, lost.postgresql, primary),
  };
  const balancers = shareOf(lost.haproxy, whole.haproxy);
  const reachable = whole.haproxy > lost.haproxy;
  return {
    writes: reachable ? writesOf(loss) : stop("return"),
    reads: reachable ? readsOf(loss) : stop("return"),
    data: dataOf(loss),
    balancers,
    poolers: whole.poolers.size === 0 ? null : shareOf(lost.poolers.size, whole.poolers.size),
  };
}

/** Every node that may be the primary, told apart by kind and by whether it is lost. */
function primariesOf(whole: Members, lost: Members): Primary[] {
  const left = combine(whole, lost, (a, b) => a - b);
  return MEMBER_KINDS.filter((kind) => kind === "full" || kind === "promotable").flatMap((kind) => [
    ...(lost[kind] > 0 ? [{ kind, lost: true }] : []),
    ...(left[kind] > 0 ? [{ kind, lost: false }] : []),
  ]);
}

/**
 * What a loss means at its worst, whichever node is the primary. Total: a cluster in which no node may be the primary
 * has no writes to lose.
 */
export function consequenceOf(cluster: Cluster, lost: Parts): Consequence {
  const [first, ...others] = primariesOf(cluster.whole.postgresql, lost.postgresql).map((primary) =>
    consequenceFor(cluster, lost, primary),
  );
  if (first !== undefined) return others.reduce(worse, first);
  const none = consequenceFor(cluster, lost, { kind: "full", lost: true });
  return { ...none, writes: stop("return") };
}
