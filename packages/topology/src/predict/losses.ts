import type { Topology } from "../resolve/topology.ts";
import { type Cluster, clusterOf, consequenceOf } from "./consequence.ts";
import { type Consequence, isNoBetter, worse } from "./effect.ts";
import { MEMBER_KINDS, merge, type Parts } from "./shape.ts";

/** What it means to lose one node. */
export interface NodeLoss extends Consequence {
  readonly node: string;
}

/** What it means to lose a datacenter: all of its nodes at once. */
export interface DatacenterLoss extends Consequence {
  readonly datacenter: string;
  readonly nodes: readonly string[];
}

/** Any node of `one` together with any further node of `other`; where the lists are equal, any two of them. */
export interface PairLoss extends Consequence {
  readonly one: readonly string[];
  readonly other: readonly string[];
}

/** What each loss means. */
export interface Losses {
  /** In the order of the file. */
  readonly nodes: readonly NodeLoss[];
  /** Those that have nodes, in the order of the file. */
  readonly datacenters: readonly DatacenterLoss[];
  /** Only pairs that mean more than their nodes do: any other pair is what the worse of the two is, matter by matter. */
  readonly pairs: readonly PairLoss[];
}

/**
 * What losing these nodes in the same moment means.
 * @throws RangeError when the topology has no node of a name: "nothing is lost" would be the answer to a slip
 */
export function lossOf(topology: Topology, nodes: readonly string[]): Consequence {
  const cluster = clusterOf(topology);
  return consequenceOf(cluster, lostWith(cluster, nodes));
}

function lostWith(cluster: Cluster, nodes: readonly string[]): Parts {
  return merge(
    [...new Set(nodes)].map((name) => {
      const parts = cluster.nodes.get(name);
      if (parts === undefined) throw new RangeError(`no node is called "${name}"`);
      return parts;
    }),
  );
}

/** Nodes that can stand for each other in every loss. */
interface Alike {
  readonly names: readonly string[];
  readonly parts: Parts;
  readonly consequence: Consequence;
}

function likenessOf({ etcd, postgresql, haproxy, poolers }: Parts): string {
  return JSON.stringify([etcd, MEMBER_KINDS.map((kind) => postgresql[kind]), haproxy, [...poolers].toSorted()]);
}

function alikeIn(cluster: Cluster): Alike[] {
  const groups = Map.groupBy(cluster.nodes, ([, parts]) => likenessOf(parts));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return { names: group.map(([name]) => name), parts: first[1], consequence: consequenceOf(cluster, first[1]) };
  });
}

/** How two kinds of nodes are lost together: with themselves only where there are two. */
function pairsOf(kinds: readonly Alike[]): [Alike, Alike][] {
  return kinds.flatMap((one, index) =>
    kinds
      .slice(index)
      .filter((other) => other !== one || one.names.length > 1)
      .map((other): [Alike, Alike] => [one, other]),
  );
}

function judgePairs(cluster: Cluster, kinds: readonly Alike[]): PairLoss[] {
  return pairsOf(kinds).flatMap(([one, other]) => {
    const together = consequenceOf(cluster, merge([one.parts, other.parts]));
    const either = worse(one.consequence, other.consequence);
    if (isNoBetter(either, together) && isNoBetter(together, either)) return [];
    return { one: one.names, other: other.names, ...together };
  });
}

/** What it means to lose each node, each datacenter, and two nodes at once. */
export function predictLosses(topology: Topology): Losses {
  const cluster = clusterOf(topology);
  const kinds = alikeIn(cluster);
  const consequences = new Map(kinds.flatMap(({ names, consequence }) => names.map((name): [string, Consequence] => [name, consequence])));
  const datacenters = [...new Set(topology.datacenters)].map((datacenter) => ({
    datacenter,
    nodes: topology.nodes.filter((node) => node.datacenter === datacenter).map(({ name }) => name),
  }));
  return {
    nodes: topology.nodes.flatMap(({ name }) => {
      const consequence = consequences.get(name);
      return consequence === undefined ? [] : { node: name, ...consequence };
    }),
    datacenters: datacenters
      .filter(({ nodes }) => nodes.length > 0)
      .map(({ datacenter, nodes }) => ({ datacenter, nodes, ...consequenceOf(cluster, lostWith(cluster, nodes)) })),
    pairs: judgePairs(cluster, kinds),
  };
}
