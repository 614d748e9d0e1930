import { SECRETS } from "@matriarch/topology";
import { membersWith } from "../../cluster/cluster.ts";
import { environmentValue } from "../../cluster/environment.ts";
import { askStatistics, statisticsUser } from "../../cluster/haproxy.ts";
import type { Probe } from "../probe.ts";
import { type Door, together, tryDoors } from "./door.ts";
import { listening } from "./listeners.ts";

const PATHS = ["/", "/;csv", "/;json", "/metrics"];
const UNAUTHORIZED = ["401"];

export const statistics: Probe = {
  id: "haproxy-statistics",
  text: "The statistics are told to their own user, and to nobody else.",
  look: async (cluster) => {
    const user = await statisticsUser(cluster);
    const other = { user: "app", password: await environmentValue(cluster.facts, SECRETS.superuser.variable) };
    const doors = membersWith(cluster.facts, "haproxy").flatMap((member) =>
      PATHS.map((path): Door => {
        const ask = async (credentials?: typeof user) => {
          const { status } = await askStatistics(cluster, member, path, credentials);
          return status === 200 ? null : String(status);
        };
        return {
          where: `${path} of ${member.name}`,
          control: () => ask(user),
          attempts: [
            { who: "nobody", refusals: UNAUTHORIZED, attempt: () => ask() },
            { who: "a wrong password", refusals: UNAUTHORIZED, attempt: () => ask({ ...user, password: "wrong" }) },
            { who: "another user", refusals: UNAUTHORIZED, attempt: () => ask(other) },
          ],
        };
      }),
    );
    return tryDoors(doors);
  },
};

const balancer: Probe = {
  id: "access-balancer",
  text: "The statistics are told to their own user and to nobody else, and no port takes the balancer's commands.",
  look: async (cluster, options) => together([await statistics.look(cluster, options), await listening(cluster, "haproxy")]),
};

/** What must not be opened here. */
export const haproxyAccess: readonly Probe[] = [balancer];
