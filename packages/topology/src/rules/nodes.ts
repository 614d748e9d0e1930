import { SERVICES } from "../resolve/members.ts";
import { NODE_ROLES } from "../roles.ts";
import { error, listed, repeated, type TopologyRule } from "./finding.ts";

export const repeatedNodeRole: TopologyRule = (topology) =>
  topology.nodes.flatMap(({ name, roles }) =>
    repeated(roles).map((role) =>
      error(
        "repeated-node-role",
        ["nodes", name],
        `Node ${name} lists the role ${role} more than once.`,
        "Name each role once; a second daemon of a kind needs a second node.",
      ),
    ),
  );

/** A port that nothing listens on would be ignored without a word. */
export const publishWithoutRole: TopologyRule = (topology) =>
  topology.nodes.flatMap((node) => {
    const kindOf = (service: string) => NODE_ROLES.find((kind) => SERVICES[kind].some((row) => row.service === service));
    return node.publishes.flatMap((service) => {
      const kind = kindOf(service);
      if (kind === undefined || node.roles.includes(kind)) return [];
      const message = `Node ${node.name} publishes ${service}, which ${kind} serves, but its roles are ${listed(node.roles)}.`;
      return error(
        "publish-without-role",
        ["nodes", node.name, "publish", service],
        message,
        `Remove the port, or move it to a node with the role ${kind}.`,
      );
    });
  });
