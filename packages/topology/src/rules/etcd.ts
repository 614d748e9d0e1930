import type { Topology } from "../resolve/topology.ts";
import { error, listed, type TopologyRule, warning } from "./finding.ts";

/** etcd's own advice: more members make each write slower and little safer. */
const MOST_MEMBERS = 7;

/** How many of so many members must agree. */
export function quorumOf(members: number): number {
  return Math.floor(members / 2) + 1;
}

export const noEtcd: TopologyRule = ({ etcd }) =>
  etcd.length > 0
    ? []
    : [
        error(
          "no-etcd",
          ["nodes"],
          "No node has the role etcd: Patroni has nowhere to keep the leader lease.",
          "Give the role to three nodes.",
        ),
      ];

export const singleEtcd: TopologyRule = ({ etcd }) =>
  etcd
    .filter(() => etcd.length === 1)
    .map(({ name, node }) =>
      warning(
        "single-etcd",
        ["nodes", node],
        `${name} is the only etcd member: losing it leaves no writable primary.`,
        "Give the role etcd to three nodes.",
      ),
    );

export const evenEtcd: TopologyRule = ({ etcd }) => {
  const count = etcd.length;
  if (count === 0 || count % 2 === 1) return [];
  const spare = count - quorumOf(count);
  const message = `${count} etcd members survive the loss of ${spare}, as ${count - 1} would, and there is one more to lose.`;
  return [warning("even-etcd", ["nodes", etcd.at(-1)?.node ?? ""], message, `Make them ${count + 1}, or ${count - 1}.`)];
};

export const tooManyEtcd: TopologyRule = ({ etcd }) =>
  etcd.length <= MOST_MEMBERS
    ? []
    : [
        warning(
          "too-many-etcd",
          ["nodes", etcd[MOST_MEMBERS]?.node ?? ""],
          `${etcd.length} etcd members: every write waits for ${quorumOf(etcd.length)} of them.`,
          "Five survive the loss of two; seven are the most that etcd advises.",
        ),
      ];

function whatGoesOn(topology: Topology, lost: string): string {
  const left = topology.postgresql.filter(({ datacenter }) => datacenter !== lost).map(({ name }) => name);
  return left.length === 0 ? "no PostgreSQL node is left either" : `only reads go on, at ${listed(left)}`;
}

/** With members in one or two datacenters there is always one that takes the quorum with it. By design: say so. */
export const etcdMajorityInOneDatacenter: TopologyRule = (topology) => {
  const total = topology.etcd.length;
  const used = new Set(topology.nodes.map(({ datacenter }) => datacenter));
  if (used.size < 2) return [];
  return [...used].flatMap((datacenter) => {
    const members = topology.etcd.filter((member) => member.datacenter === datacenter);
    if (members.length === 0 || total - members.length >= quorumOf(total)) return [];
    const message = `${members.length} of ${total} etcd members ${members.length === 1 ? "is" : "are"} in ${datacenter}: losing ${datacenter} leaves no quorum and no writable primary; ${whatGoesOn(topology, datacenter)}.`;
    const hint =
      "An etcd member in a third datacenter lets the cluster survive any one of them; with two, be ready to promote the other by hand.";
    return warning("etcd-majority-in-one-datacenter", ["nodes", members[0]?.node ?? "", "datacenter"], message, hint);
  });
};
