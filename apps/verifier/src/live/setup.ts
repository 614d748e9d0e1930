import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { quoteValue } from "@matriarch/topology";
import { exampleTextApart } from "@matriarch/topology/testing";
import { execa } from "execa";
import type { TestProject } from "vitest/node";
import { lookForNeeds } from "../cluster/machine-needs.ts";
import { needsOf, needsText } from "../machine/needs.ts";
import { HOSTILE_PASSWORDS } from "./hostile-passwords.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the running bundle that the live tests drive. */
    bundle: string;
    /** The topology file that it is rendered from. */
    topology: string;
  }
}

const EXAMPLE = "two-datacenters";
const DIRECTORY = path.resolve("clusters/live-test");
const TOPOLOGY = path.join(DIRECTORY, "topology.yaml");

// A name, networks and ports of its own: a cluster that somebody runs from the same example is neither used nor destroyed,
// nor in the way.
const SCOPE = "matriarch-live";
const NETWORKS = "100.126";
const PORTS: Readonly<Record<string, string>> = {
  EXT_PG_PORT_NODE1: "25432",
  EXT_PG_PORT_NODE2: "25433",
  EXT_PG_PORT_NODE3: "25434",
  EXT_PATRONI_PORT_NODE1: "28008",
  EXT_PATRONI_PORT_NODE2: "28009",
  EXT_PATRONI_PORT_NODE3: "28010",
  EXT_HAPROXY_RW_PORT: "25000",
  EXT_HAPROXY_RO_PORT: "25001",
  EXT_HAPROXY_STATS_PORT: "27000",
  EXT_PGBOUNCER_PORT: "26432",
};

/** The settings and passwords of a person who likes neither defaults nor letters. */
function environment(): string {
  const lines = Object.entries({ SCOPE, ...PORTS, ...HOSTILE_PASSWORDS }).map(([variable, value]) => `${variable}=${quoteValue(value)}\n`);
  return lines.join("");
}

async function make(target: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
  const words = Object.entries({ TOPOLOGY, CLUSTER_DIR: DIRECTORY, ...variables }).map(([name, value]) => `${name}=${value}`);
  await execa("make", [target, ...words], { stdio: ["ignore", "inherit", "inherit"] });
}

/**
 * Brings the reference cluster up from nothing and takes it away afterwards, also when a test failed.
 * MATRIARCH_LIVE_BUNDLE names a running one to use instead, and MATRIARCH_LIVE_TOPOLOGY its topology file; that one stays.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const running = process.env["MATRIARCH_LIVE_BUNDLE"];
  if (running !== undefined && running !== "") {
    project.provide("bundle", path.resolve(running));
    project.provide("topology", path.resolve(process.env["MATRIARCH_LIVE_TOPOLOGY"] ?? `examples/${EXAMPLE}/topology.yaml`));
    return;
  }
  await mkdir(DIRECTORY, { recursive: true });
  await writeFile(TOPOLOGY, exampleTextApart(EXAMPLE, NETWORKS));
  await writeFile(path.join(DIRECTORY, ".env"), environment());
  const ports = Object.values(PORTS).map((port) => ({ host: "127.0.0.1", port: Number(port) }));
  process.stderr.write(`${needsText(needsOf(await lookForNeeds(ports, path.dirname(DIRECTORY)), "new"))}\n`);
  const clean = () => make("clean", { FORCE: "1", PURGE: "1" });
  try {
    await make("rebuild-all", { FORCE: "1" });
  } catch (error) {
    await clean();
    throw error;
  }
  project.provide("bundle", DIRECTORY);
  project.provide("topology", TOPOLOGY);
  return clean;
}
