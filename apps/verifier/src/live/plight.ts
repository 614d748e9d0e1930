import type { BundleMember } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";

/** Lines of a member's log that are worth reading when something went wrong. */
const LAST_LINES = 25;

async function plightOf(cluster: Cluster, member: BundleMember): Promise<string> {
  const { running, healthy } = await cluster.state(member);
  const log = (await cluster.logs(member)).split("\n").filter((line) => line.trim() !== "");
  const last = log.slice(-LAST_LINES).map((line) => `    ${line}`);
  return [`── ${member.name}: ${running ? (healthy ? "healthy" : "unhealthy") : "stopped"}`, ...last].join("\n");
}

/** What each member logged last, for whoever reads the log of a run that failed. Never throws. */
export async function plight(cluster: Cluster): Promise<string> {
  const asked = (member: BundleMember) => plightOf(cluster, member).catch((error: unknown) => `── ${member.name}: ${String(error)}`);
  return (await Promise.all(cluster.facts.members.map(asked))).join("\n");
}
