import type { Fault } from "./fault.ts";
import { needs, onAll } from "./fault.ts";
import { toAndFrom } from "./network.ts";
import { otherReplica } from "./targets.ts";

/** It hears of no write any more, and of no new primary; and whoever the balancer leads there is answered. */
export const cutOffReplica: Fault = {
  id: "cut-off-replica",
  title: "A replica is cut off from everything but the balancer",
  available: (facts) => needs(facts, "postgresql", 3),
  targets: otherReplica,
  inject: (cluster, targets) =>
    onAll(targets, (member) => {
      const others = cluster.facts.members.filter(({ name, role }) => name !== member.name && role !== "haproxy");
      return cluster.block(member, toAndFrom(others));
    }),
  heal: (cluster, targets) => onAll(targets, cluster.unblock),
};
