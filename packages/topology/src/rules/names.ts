import { allMembers } from "../resolve/reach.ts";
import { error, type TopologyRule } from "./finding.ts";

/** A DNS label has at most 63 characters (RFC 1035, 2.3.4). */
const LONGEST_LABEL = 63;

/** A node with several roles names its members `<node>-<role>`: another node may be called just that. */
export const memberNameCollision: TopologyRule = (topology) => {
  const nodeOf = new Map<string, string>();
  return allMembers(topology).flatMap(({ name, node }) => {
    const other = nodeOf.get(name);
    nodeOf.set(name, node);
    if (other === undefined || other === node) return [];
    const plain = node === name ? node : other;
    const message = `Two members would be called "${name}": one of node ${other}, one of node ${node}.`;
    return error(
      "member-name-collision",
      ["nodes", plain],
      message,
      `Rename node ${plain}; a node with several roles names its members <node>-<role>.`,
    );
  });
};

export const memberNameTooLong: TopologyRule = (topology) =>
  allMembers(topology)
    .filter(({ name }) => name.length > LONGEST_LABEL)
    .map(({ name, node }) => {
      const message = `The member's name "${name}" has ${name.length} characters; a host name has at most ${LONGEST_LABEL}.`;
      return error(
        "member-name-too-long",
        ["nodes", node],
        message,
        "Shorten the node's name, or give each of its roles a node of its own.",
      );
    });

/** Names that a member cannot have: it is dialled by its name, and its files are in a folder of that name. */
const RESERVED_NODES: Readonly<Record<string, string>> = {
  localhost: "on every machine that name means the machine itself",
  cluster: "the bundle's script has that name, beside the folders of the members",
  images: "the folder of the images has that name, beside those of the members",
};

export const reservedNodeName: TopologyRule = (topology) =>
  topology.nodes
    .filter(({ name }) => Object.hasOwn(RESERVED_NODES, name))
    .map(({ name }) => {
      const message = `A node cannot be called "${name}": ${RESERVED_NODES[name]}.`;
      return error("reserved-node-name", ["nodes", name], message, "Choose another name for the node.");
    });
