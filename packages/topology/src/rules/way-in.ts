import { error, info, type TopologyRule, warning } from "./finding.ts";

export const noHaproxy: TopologyRule = ({ haproxy }) =>
  haproxy.length > 0
    ? []
    : [
        error(
          "no-haproxy",
          ["nodes"],
          "No node has the role haproxy: nothing leads clients to the primary of the moment.",
          "Give the role to one node, or to two so that one may fail.",
        ),
      ];

export const singleHaproxy: TopologyRule = ({ haproxy }) =>
  haproxy
    .filter(() => haproxy.length === 1)
    .map(({ name, node }) =>
      warning(
        "single-haproxy",
        ["nodes", node],
        `${name} is the only HAProxy: while it is down no client reaches PostgreSQL.`,
        "Give the role haproxy to a second node.",
      ),
    );

export const noPgbouncer: TopologyRule = ({ pgbouncer }) =>
  pgbouncer.length > 0
    ? []
    : [
        info(
          "no-pgbouncer",
          ["nodes"],
          "No node has the role pgbouncer: every client holds a server connection of its own.",
          "Give the role to a node when there are more clients than max_connections.",
        ),
      ];

export const singlePgbouncer: TopologyRule = ({ pgbouncer }) =>
  pgbouncer
    .filter(() => pgbouncer.length === 1)
    .map(({ name, node }) =>
      warning(
        "single-pgbouncer",
        ["nodes", node],
        `${name} is the only PgBouncer: while it is down its clients are cut off.`,
        "Give the role pgbouncer to a second node.",
      ),
    );

/** One member of a kind is told of as a single point already. */
export const wayInThroughOneDatacenter: TopologyRule = (topology) => {
  const used = new Set(topology.nodes.map(({ datacenter }) => datacenter));
  if (used.size < 2) return [];
  return (["haproxy", "pgbouncer"] as const).flatMap((kind) => {
    const members = topology[kind];
    const [first] = members;
    if (first === undefined || members.length < 2 || members.some(({ datacenter }) => datacenter !== first.datacenter)) return [];
    const message = `All ${members.length} nodes with the role ${kind} are in ${first.datacenter}: losing ${first.datacenter} closes that way in, whatever else survives.`;
    return warning(
      "way-in-through-one-datacenter",
      ["nodes", first.node, "datacenter"],
      message,
      "Move one of them to another datacenter.",
    );
  });
};
