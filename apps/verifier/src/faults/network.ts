import { PORTS } from "@matriarch/topology";
import type { BundleMember } from "../cluster/bundle.ts";
import { membersWith } from "../cluster/cluster.ts";
import { leaderFirst } from "../cluster/etcd-leader.ts";
import type { PacketRule } from "../cluster/harms.ts";
import type { Looks } from "../cluster/looks.ts";
import { primaryOf } from "../cluster/nodes.ts";
import { pause } from "../cluster/pause.ts";
import { dataMembersIn, wayInIsElsewhere } from "./datacenters.ts";
import { type Fault, needs, onAll } from "./fault.ts";

type Rules = (cluster: Looks, member: BundleMember) => readonly PacketRule[];

const BOTH = ["in", "out"] as const;

/** Everything between the member and others. */
export function toAndFrom(members: readonly BundleMember[]): PacketRule[] {
  return members.flatMap(({ addresses }) => [...addresses.values()].flatMap((peer) => BOTH.map((direction) => ({ direction, peer }))));
}

type Common = Pick<Fault, "id" | "title" | "available" | "targets">;

/** Members lose what the rules say, until it is healed. */
function dropping(common: Common, rules: Rules): Fault {
  return {
    ...common,
    inject: (cluster, targets) => onAll(targets, (member) => cluster.block(member, rules(cluster, member))),
    heal: (cluster, targets) => onAll(targets, cluster.unblock),
  };
}

const ofThePrimary: Pick<Fault, "available" | "targets"> = {
  available: (facts) => needs(facts, "postgresql", 2),
  targets: async (cluster) => [await primaryOf(cluster)],
};

/** Cuts the primary off in one way. */
function cutting(id: string, title: string, rules: Rules): Fault {
  return dropping({ id, title, ...ofThePrimary }, rules);
}

function others(cluster: Looks, role: BundleMember["role"], member: BundleMember): BundleMember[] {
  return membersWith(cluster.facts, role).filter(({ name }) => name !== member.name);
}

const port =
  (number: number): Rules =>
  () =>
    BOTH.map((direction) => ({ direction, port: number }));

const everything: Rules = () => BOTH.map((direction) => ({ direction }));

export const isolatePrimary = cutting("isolate-primary", "The primary is cut off from everything", everything);

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

export const cutPort2380 = dropping(
  {
    id: "cut-port-2380",
    title: "etcd's leader does not reach its peers, and answers its clients",
    available: (facts) => needs(facts, "etcd", 3),
    targets: async (cluster) => (await leaderFirst(cluster)).slice(0, 1),
  },
  port(PORTS.etcdPeer),
);

/** How often a flapping network fails, for how long, and how long it holds in between; seconds. */
const FLAPS = { times: 6, off: 3, on: 4 } as const;

/** Long enough to break every session and short enough that nobody takes over: the lease outlasts each of them. */
export const flapPrimary: Fault = {
  ...isolatePrimary,
  id: "flap-primary",
  title: "The primary's network fails and returns, again and again",
  inject: async (cluster, targets) => {
    for (let time = 0; time < FLAPS.times; time++) {
      await isolatePrimary.inject(cluster, targets);
      await pause(1000 * FLAPS.off, cluster.ended);
      await isolatePrimary.heal(cluster, targets);
      await pause(1000 * FLAPS.on, cluster.ended);
    }
  },
};

/** Each side works on, and neither hears the other. */
export const cutDatacenters = dropping(
  {
    id: "cut-datacenters",
    title: "The primary's datacenter is cut off from the others",
    available: wayInIsElsewhere,
    targets: async (cluster) => dataMembersIn(cluster, (await primaryOf(cluster)).datacenter),
  },
  ({ facts }, { datacenter }) => toAndFrom(facts.members.filter((member) => member.datacenter !== datacenter)),
);
