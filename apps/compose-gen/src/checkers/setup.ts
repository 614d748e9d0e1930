import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import type { TestProject } from "vitest/node";
import { runOrThrow } from "./process.ts";
import { removeBenches } from "./sample/bench.ts";
import { MAIN, hostileEnvironment, scopeOf, topologyText } from "./variant.ts";
import { composeSchema, workbenchOf } from "./workbench.ts";

function compose(example: string, ...args: string[]): Promise<string> {
  return runOrThrow("docker", ["compose", "--project-name", scopeOf(example), ...args]);
}

async function render(example: string, place: number, directory: string): Promise<void> {
  await mkdir(directory);
  await writeFile(path.join(directory, ".env"), hostileEnvironment(scopeOf(example), exampleTopology(example)));
  await writeFile(`${directory}.yaml`, topologyText(example, place));
  await runOrThrow(process.execPath, [MAIN, "render", `${directory}.yaml`, "--out", directory]);
}

/** Renders a bundle, builds its images and starts its containers as a workbench. */
async function prepare(example: string, place: number, root: string): Promise<void> {
  const directory = path.join(root, example);
  await render(example, place, directory);
  const bundle = ["--project-directory", directory, "--file", path.join(directory, "rendered/current/compose.yaml")];
  await compose(example, ...bundle, "build", "--quiet");
  const view = composeSchema.parse(JSON.parse(await compose(example, ...bundle, "config", "--format", "json")));
  const workbench = `${directory}.workbench.json`;
  await writeFile(workbench, JSON.stringify(workbenchOf(view)));
  await compose(example, "--file", workbench, "up", "--detach", "--no-build");
}

/** Takes everything away that carries the name of the example's bundle, also what an interrupted run left. */
async function remove(example: string): Promise<void> {
  await compose(example, "down", "--volumes", "--remove-orphans", "--rmi", "all", "--timeout", "0");
}

/** Prepares the bundle of every example, once for all checkers; takes them away afterwards, also when something failed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(path.join(tmpdir(), "matriarch-check-"));
  const tearDown = async () => {
    await removeBenches();
    for (const example of EXAMPLE_NAMES) await remove(example);
    await rm(root, { recursive: true });
  };
  try {
    await removeBenches();
    for (const [place, example] of EXAMPLE_NAMES.entries()) {
      await remove(example);
      await prepare(example, place, root);
    }
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide("bundles", root);
  return tearDown;
}
