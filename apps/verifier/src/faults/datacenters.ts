import type { BundleMember } from "../cluster/bundle.ts";
import { membersWith } from "../cluster/cluster.ts";
import type { Looks } from "../cluster/looks.ts";
import { primaryOf } from "../cluster/nodes.ts";
import { type Fault, killing } from "./fault.ts";

/** What of a datacenter holds data: nodes and members of etcd, nodes first and the primary before all others. */
export function dataMembersIn({ facts }: Looks, datacenter: string): BundleMember[] {
  const kinds = ["postgresql", "etcd"] as const;
  return kinds.flatMap((kind) => membersWith(facts, kind)).filter((member) => member.datacenter === datacenter);
}

/** Says of a cluster why clients would not notice, or not be there to notice, when the primary's datacenter is gone. */
export const wayInIsElsewhere: Fault["available"] = ({ members, promises }) => {
  const { neverPromoted } = promises.replication;
  const at = (chosen: (member: BundleMember) => boolean) => new Set(members.filter(chosen).map(({ datacenter }) => datacenter));
  const primaries = at(({ role, name }) => role === "postgresql" && !neverPromoted.includes(name));
  const balancers = at(({ role }) => role === "haproxy");
  if (primaries.size !== 1) return "the primary may be in more than one datacenter";
  return [...primaries].some((datacenter) => balancers.has(datacenter)) ? "a balancer is in the datacenter of the primary" : null;
};

/** What is left of etcd without the primary's datacenter must be no majority: then nobody may be promoted. */
const majorityGoesToo: Fault["available"] = (facts) => {
  const { members, promises } = facts;
  const home = members.find(({ role, name }) => role === "postgresql" && !promises.replication.neverPromoted.includes(name))?.datacenter;
  const etcd = members.filter(({ role }) => role === "etcd");
  const left = etcd.filter(({ datacenter }) => datacenter !== home).length;
  return left <= etcd.length / 2 ? wayInIsElsewhere(facts) : "a majority of etcd is left";
};

/** Machines with all that they hold; the way in stays. */
export const loseDatacenter = killing({
  id: "lose-datacenter",
  title: "The primary's datacenter is lost",
  available: majorityGoesToo,
  targets: async (cluster) => dataMembersIn(cluster, (await primaryOf(cluster)).datacenter),
});
