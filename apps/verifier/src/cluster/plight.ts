import type { BundleMember } from "./bundle.ts";
import type { Looks } from "./looks.ts";

/** Lines of a member's log that are worth reading when something went wrong. */
const LAST_LINES = 25;

/** What a member logged last. Never throws: where it cannot be asked, the line says why. */
async function lastLines(cluster: Looks, member: BundleMember): Promise<string[]> {
  try {
    const { running, healthy } = await cluster.state(member);
    const log = (await cluster.logs(member)).split("\n").filter((line) => line.trim() !== "");
    return [`(${running ? (healthy ? "healthy" : "unhealthy") : "stopped"})`, ...log.slice(-LAST_LINES)];
  } catch (error) {
    return [String(error)];
  }
}

/** What each member logged last, for whoever reads the log of a run that failed. Never throws. */
export async function plight(cluster: Looks): Promise<string> {
  const asked = async (member: BundleMember) => {
    const [state, ...lines] = await lastLines(cluster, member);
    return [`── ${member.name} ${state}`, ...lines.map((line) => `    ${line}`)].join("\n");
  };
  return (await Promise.all(cluster.facts.members.map(asked))).join("\n");
}
