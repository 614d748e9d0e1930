import type { BundleMember } from "./bundle.ts";
import { membersWith } from "./cluster.ts";
import { primaryOf, standbysOf } from "./nodes.ts";
import { membersSeenBy } from "./patroni.ts";
import { until } from "./until.ts";
import type { Looks } from "./looks.ts";

/** Names of the members that do not run or are not healthy. */
async function unwell(cluster: Looks): Promise<string[]> {
  const states = await Promise.all(cluster.facts.members.map(async (member) => ({ member, state: await cluster.state(member) })));
  return states.filter(({ state }) => !state.running || !state.healthy).map(({ member }) => member.name);
}

/** How Patroni calls a standby that may take over from a primary whose commits wait. */
const SUCCESSORS = ["sync_standby", "quorum_standby"];

/**
 * Who may take over with synchronous replication, as the DCS has it. PostgreSQL calls a standby synchronous up to a round
 * of Patroni earlier: a primary that dies in between has no successor, and the cluster waits for it to come back.
 */
export async function successors(cluster: Looks, primary: BundleMember): Promise<string[]> {
  const members = await membersSeenBy(cluster, primary);
  return members.filter(({ role }) => SUCCESSORS.includes(role)).map(({ name }) => name);
}

/** What is missing until the cluster is whole: every member healthy, one primary, all others streaming, somebody to take over. */
async function missing(cluster: Looks): Promise<string[]> {
  const primary = await primaryOf(cluster);
  const standbys = await standbysOf(cluster, primary);
  const streaming = standbys.filter(({ state }) => state === "streaming").map(({ name }) => name);
  const others = membersWith(cluster.facts, "postgresql").filter((node) => node !== primary && !streaming.includes(node.name));
  return [
    ...(await unwell(cluster)).map((name) => `${name} is not healthy`),
    ...others.map(({ name }) => `${name} does not stream`),
    ...(cluster.facts.replication === "asynchronous" || (await successors(cluster, primary)).length > 0
      ? []
      : ["no synchronous standby may take over yet"]),
  ];
}

/** Waits until the cluster is whole again, and gives its primary. Throws with what is missing after `within` seconds. */
export async function settled(cluster: Looks, within = 120): Promise<BundleMember> {
  const whole = async () => {
    const list = await missing(cluster);
    if (list.length > 0) throw new Error(list.join("; "));
    return primaryOf(cluster);
  };
  return until(whole, { within, what: "the cluster is whole", ended: cluster.ended });
}
