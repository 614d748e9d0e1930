import { kindOffering } from "../resolve/services.ts";
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
  topology.nodes.flatMap(({ name, roles, publishes }) =>
    publishes.flatMap((service) => {
      const kind = kindOffering(service);
      if (roles.includes(kind)) return [];
      const message = `Node ${name} publishes ${service}, which ${kind} serves, but its roles are ${listed(roles)}.`;
      const hint = `Remove the port, or move it to a node with the role ${kind}.`;
      return error("publish-without-role", ["nodes", name, "publish", service], message, hint);
    }),
  );
