import type { BundleMember } from "./bundle.ts";
import { type Cluster, membersWith } from "./cluster.ts";
import { primaryOf, standbysOf } from "./nodes.ts";
import { until } from "./until.ts";

/** Names of the members that do not run or are not healthy. */
async function unwell(cluster: Cluster): Promise<string[]> {
  const states = await Promise.all(cluster.facts.members.map(async (member) => ({ member, state: await cluster.state(member) })));
  return states.filter(({ state }) => !state.running || !state.healthy).map(({ member }) => member.name);
}

/** What is missing until the cluster is whole: every member healthy, one primary, all others streaming, one of them synchronous. */
async function missing(cluster: Cluster): Promise<string[]> {
  const primary = await primaryOf(cluster);
  const standbys = await standbysOf(cluster, primary);
  const streaming = standbys.filter(({ state }) => state === "streaming").map(({ name }) => name);
  const others = membersWith(cluster.facts, "postgresql").filter((node) => node !== primary && !streaming.includes(node.name));
  return [
    ...(await unwell(cluster)).map((name) => `${name} is not healthy`),
    ...others.map(({ name }) => `${name} does not stream`),
    ...(standbys.some(({ syncState }) => syncState === "sync") ? [] : ["no standby is synchronous"]),
  ];
}

/** Waits until the cluster is whole again, and gives its primary. Throws with what is missing after `within` seconds. */
export async function settled(cluster: Cluster, within = 120): Promise<BundleMember> {
  const whole = async () => {
    const list = await missing(cluster);
    if (list.length > 0) throw new Error(list.join("; "));
    return primaryOf(cluster);
  };
  return until(whole, { within, what: "the cluster is whole" });
}
