import { setTimeout } from "node:timers/promises";
import type { CheckedBundle } from "./checked-bundle.ts";
import { run } from "./process.ts";

/** Generous: twelve containers start on the two cores of a small machine. */
const DEADLINE_MS = 90_000;

async function healthOf(container: string): Promise<string> {
  const { stdout, stderr } = await run("docker", ["inspect", "--format", "{{.State.Status}} {{.State.Health.Status}}", container]);
  return (stdout || stderr).trim();
}

/** Waits until a member's own health check is content. Throws with the end of its log when it has stopped, or after 90 s. */
async function untilMemberIsHealthy(bundle: CheckedBundle, member: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const health = await healthOf(bundle.containerOf(member));
    if (health === "running healthy") return;
    if (!health.startsWith("running") || Date.now() > deadline) {
      throw new Error(`${member} is ${health}:\n${(await bundle.logs(member)).slice(-3000)}`);
    }
    await setTimeout(300);
  }
}

/** Waits until all these members are healthy, by the health checks of the bundle. */
export async function untilHealthy(bundle: CheckedBundle, members: readonly { readonly name: string }[]): Promise<void> {
  await Promise.all(members.map(({ name }) => untilMemberIsHealthy(bundle, name)));
}
