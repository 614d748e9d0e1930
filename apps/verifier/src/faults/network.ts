import { PORTS } from "@matriarch/topology";
import type { BundleMember } from "../cluster/bundle.ts";
import { type Cluster, membersWith, type PacketRule } from "../cluster/cluster.ts";
import { primaryOf } from "../cluster/nodes.ts";
import { type Fault, needs, onAll } from "./fault.ts";

type Rules = (cluster: Cluster, member: BundleMember) => readonly PacketRule[];

const BOTH = ["in", "out"] as const;

function toAndFrom(members: readonly BundleMember[]): PacketRule[] {
  return members.flatMap(({ addresses }) => addresses.flatMap((peer) => BOTH.map((direction) => ({ direction, peer }))));
}

/** Cuts the primary off in one way. */
function cutting(id: string, title: string, rules: Rules): Fault {
  return {
    id,
    title,
    available: (facts) => needs(facts, "postgresql", 2),
    targets: async (cluster) => [await primaryOf(cluster)],
    inject: (cluster, targets) => onAll(targets, (member) => cluster.block(member, rules(cluster, member))),
    heal: (cluster, targets) => onAll(targets, cluster.unblock),
  };
}

function others(cluster: Cluster, role: BundleMember["role"], member: BundleMember): BundleMember[] {
  return membersWith(cluster.facts, role).filter(({ name }) => name !== member.name);
}

const port =
  (number: number): Rules =>
  () =>
    BOTH.map((direction) => ({ direction, port: number }));

export const isolatePrimary = cutting("isolate-primary", "The primary is cut off from everything", () =>
  BOTH.map((direction) => ({ direction })),
);

export const cutPrimaryFromEtcd = cutting("cut-primary-from-etcd", "The primary is cut off from etcd only", (cluster, member) =>
  toAndFrom(others(cluster, "etcd", member)),
);

/** The test of split brain: clients still reach the old primary, and nobody else does. */
export const cutPrimaryFromPeers = cutting(
  "cut-primary-from-peers",
  "The primary is cut off from etcd and from its peers, but not from the balancer and its clients",
  (cluster, member) => toAndFrom([...others(cluster, "etcd", member), ...others(cluster, "postgresql", member)]),
);

export const deafenPrimary = cutting("deafen-primary", "The primary sends, and hears nothing", () => [{ direction: "in" }]);
export const mutePrimary = cutting("mute-primary", "The primary hears, and sends nothing", () => [{ direction: "out" }]);

export const cutPort5432 = cutting("cut-port-5432", "Nobody reaches the primary's PostgreSQL, and Patroni works", port(PORTS.postgresql));
export const cutPort8008 = cutting(
  "cut-port-8008",
  "Nobody reaches Patroni's API on the primary, and PostgreSQL works",
  port(PORTS.patroni),
);
export const cutPort2379 = cutting("cut-port-2379", "The primary's Patroni does not reach etcd's client port", port(PORTS.etcd));

export const losePackets = cutting("lose-packets", "A tenth of the primary's packets is lost", () =>
  BOTH.map((direction) => ({ direction, share: 0.1 })),
);
