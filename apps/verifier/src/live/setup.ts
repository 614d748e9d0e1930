import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { quoteValue } from "@matriarch/topology";
import { execa } from "execa";
import type { TestProject } from "vitest/node";
import { HOSTILE_PASSWORDS } from "./hostile-passwords.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the running bundle that the live tests drive. */
    bundle: string;
    /** The topology file that it is rendered from. */
    topology: string;
  }
}

const DIRECTORY = path.resolve("clusters/live-test");
const TOPOLOGY = path.resolve("examples/two-datacenters/topology.yaml");
/** A name of its own: a cluster that somebody runs from the same example is neither used nor destroyed. */
const SCOPE = "matriarch-live";

/** The settings and passwords of a person who likes neither defaults nor letters. */
function environment(): string {
  const lines = Object.entries({ SCOPE, ...HOSTILE_PASSWORDS }).map(([variable, value]) => `${variable}=${quoteValue(value)}\n`);
  return lines.join("");
}

async function make(target: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
  await execa("make", [target, `CLUSTER_DIR=${DIRECTORY}`, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
}

/**
 * Brings the reference cluster up from nothing and takes it away afterwards, also when a test failed.
 * MATRIARCH_LIVE_BUNDLE names a running one to use instead, and MATRIARCH_LIVE_TOPOLOGY its topology file; that one stays.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const running = process.env["MATRIARCH_LIVE_BUNDLE"];
  project.provide("topology", path.resolve(process.env["MATRIARCH_LIVE_TOPOLOGY"] ?? TOPOLOGY));
  if (running !== undefined && running !== "") {
    project.provide("bundle", path.resolve(running));
    return;
  }
  await mkdir(DIRECTORY, { recursive: true });
  await writeFile(path.join(DIRECTORY, ".env"), environment());
  const clean = () => make("clean", { FORCE: "1", PURGE: "1" });
  try {
    await make("rebuild-all", { FORCE: "1" });
  } catch (error) {
    await clean();
    throw error;
  }
  project.provide("bundle", DIRECTORY);
  return clean;
}
