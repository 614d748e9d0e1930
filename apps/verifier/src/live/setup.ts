import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the running bundle that the live tests drive. */
    bundle: string;
  }
}

const DIRECTORY = path.resolve("clusters/live-test");
/** A name of its own: a cluster that somebody runs from the same example is neither used nor destroyed. */
const SCOPE = "matriarch-live";

async function make(target: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
  await execa("make", [target, `CLUSTER_DIR=${DIRECTORY}`, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
}

/**
 * Brings the reference cluster up from nothing and takes it away afterwards, also when a test failed.
 * MATRIARCH_LIVE_BUNDLE names a running one to use instead; that one is left alone.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const running = process.env["MATRIARCH_LIVE_BUNDLE"];
  if (running !== undefined && running !== "") {
    project.provide("bundle", path.resolve(running));
    return;
  }
  await mkdir(DIRECTORY, { recursive: true });
  await writeFile(path.join(DIRECTORY, ".env"), `SCOPE=${SCOPE}\n`);
  await make("rebuild-all", { FORCE: "1" });
  project.provide("bundle", DIRECTORY);
  return () => make("clean", { FORCE: "1", PURGE: "1" });
}
