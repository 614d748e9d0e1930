import { allMembers } from "../resolve/reach.ts";
import { kindOffering } from "../resolve/services.ts";
import { error, listed, repeated, type TopologyRule, warning } from "./finding.ts";

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

/** What a node states is what each of its members may take, and PostgreSQL is tuned to take it. */
export const nodeMemoryShared: TopologyRule = (topology) => {
  const membersOf = Map.groupBy(allMembers(topology), ({ node }) => node);
  return topology.nodes.flatMap(({ name, memoryKib }) => {
    const members = membersOf.get(name) ?? [];
    if (memoryKib === null || members.length < 2) return [];
    const mib = Math.floor(memoryKib / 1024);
    const message = `Node ${name} states ${mib} MiB of memory, and each of ${listed(members.map((member) => member.name))} may take all of it: ${members.length * mib} MiB together.`;
    const hint = `State what one member may take, or give each role a node of its own.`;
    return warning("node-memory-shared", ["nodes", name, "resources", "memory"], message, hint);
  });
};
