import type { PostgresqlMember, Topology } from "../resolve/topology.ts";
import { quorumOf } from "./etcd.ts";
import { counted, info, listed, type TopologyRule, warning } from "./finding.ts";

const MODE = ["replication", "mode"];

/** A node that may be the primary, with the number of nodes that its commits may wait for, near and far. */
interface Reach {
  readonly primary: PostgresqlMember;
  readonly near: number;
  readonly far: number;
}

/** Every possible primary where commits wait for others and some node is in another datacenter. */
function reachesOf({ postgresql, replication }: Topology): Reach[] {
  if (replication.mode === "asynchronous") return [];
  return postgresql
    .filter(({ promotable, datacenter }) => promotable && postgresql.some((other) => other.datacenter !== datacenter))
    .map((primary) => {
      const eligible = postgresql.filter(({ synchronous, name }) => synchronous && name !== primary.name);
      const near = eligible.filter(({ datacenter }) => datacenter === primary.datacenter).length;
      return { primary, near, far: eligible.length - near };
    });
}

function namesOf(members: readonly { readonly name: string }[]): string {
  return listed(members.map(({ name }) => name));
}

/** `pg1 (berlin) and pg2 (paris)`. */
function placesOf(reaches: readonly Reach[]): string {
  return listed(reaches.map(({ primary: { name, datacenter } }) => `${name} (${datacenter})`));
}

/** Not wrong: it is what keeps every acknowledged write when a datacenter is lost. But who asked for it should know the price. */
export const synchronousAcrossDatacenters: TopologyRule = (topology) => {
  const wanted = topology.replication.synchronousStandbys;
  const affected = reachesOf(topology).filter(({ near, far }) => near < wanted && near + far >= wanted);
  if (affected.length === 0) return [];
  const message = `A commit waits for ${counted(wanted, "synchronous standby")}; as the primary, ${placesOf(affected)} would not have so many in the same datacenter: every commit pays the way to another one and back.`;
  const hint =
    "Keep it where no acknowledged write may be lost with a datacenter; for faster commits add a synchronous node beside the primary.";
  return [info("synchronous-across-datacenters", MODE, message, hint)];
};

export const synchronousWithinDatacenter: TopologyRule = (topology) => {
  const affected = reachesOf(topology).filter(({ near }) => near >= topology.replication.synchronousStandbys);
  if (affected.length === 0) return [];
  const message = `As the primary, ${placesOf(affected)} can have every standby that a commit waits for in the same datacenter: losing that datacenter can lose the last acknowledged writes.`;
  const hint =
    "Keep it for fast commits. To lose nothing, let only nodes of another datacenter be `synchronous`: each commit then waits for the way there.";
  return [info("synchronous-within-datacenter", MODE, message, hint)];
};

/** When the connection between the datacenters breaks, the side with the majority is the one that can have a primary. */
export const majorityWithoutPrimary: TopologyRule = ({ etcd, postgresql }) =>
  [...Map.groupBy(etcd, ({ datacenter }) => datacenter)]
    .filter(([, members]) => members.length >= quorumOf(etcd.length))
    .filter(
      ([datacenter]) =>
        postgresql.some((node) => node.promotable) && postgresql.every((node) => !node.promotable || node.datacenter !== datacenter),
    )
    .map(([datacenter, [first]]) => {
      const promotable = postgresql.filter((node) => node.promotable);
      const message = `The majority of etcd is in ${datacenter}, which has no node that may be promoted: when ${datacenter} is cut off, ${namesOf(promotable)} can hold no lease and nothing accepts writes.`;
      const hint = `Place the majority of etcd where the primary is, or let a node in ${datacenter} be promotable.`;
      return warning("majority-without-primary", ["nodes", first?.node ?? "", "datacenter"], message, hint);
    });

/** Failsafe mode keeps the primary while every member of the cluster answers it, not while most of them do (patroni/ha.py). */
export const failsafeAcrossDatacenters: TopologyRule = ({ failsafe, postgresql }) => {
  const byDatacenter = Map.groupBy(postgresql, ({ datacenter }) => datacenter);
  if (!failsafe || byDatacenter.size < 2) return [];
  const places = [...byDatacenter].map(([datacenter, nodes]) => `${namesOf(nodes)} in ${datacenter}`);
  const message = `Failsafe keeps the primary writable only while every node answers it, and the nodes are in ${byDatacenter.size} datacenters (${listed(places)}): a cut between them that takes etcd's quorum takes the primary as well.`;
  return [
    warning(
      "failsafe-across-datacenters",
      ["on_dcs_loss"],
      message,
      "Count on it for the loss of etcd alone, or keep the PostgreSQL nodes in one datacenter.",
    ),
  ];
};
