import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { NODE_ROLES, layoutOf } from "@matriarch/topology";
import { EXAMPLE_NAMES, exampleTopology } from "@matriarch/topology/testing";
import type { TestProject } from "vitest/node";
import { MAIN, hostileEnvironment, scopeOf, topologyText } from "./checked-bundle.ts";
import { runOrThrow } from "./process.ts";
import { composeSchema, workbenchOf } from "./workbench.ts";

function compose(example: string, ...args: string[]): Promise<string> {
  return runOrThrow("docker", ["compose", "--project-name", scopeOf(example), ...args]);
}

async function render(example: string, place: number, root: string): Promise<void> {
  const file = path.join(root, `${example}.yaml`);
  await mkdir(path.join(root, example));
  await writeFile(path.join(root, example, ".env"), hostileEnvironment(scopeOf(example), exampleTopology(example)));
  await writeFile(file, topologyText(example, place));
  await runOrThrow(process.execPath, [MAIN, "render", file, "--out", path.join(root, example)]);
}

/** One member of each kind stands for all: they share the image. */
async function buildImages(example: string, bundle: string[]): Promise<void> {
  const topology = exampleTopology(example);
  await compose(example, ...bundle, "build", "--quiet", ...NODE_ROLES.flatMap((kind) => topology[kind].slice(0, 1).map(({ name }) => name)));
}

async function start(example: string, bundle: string[], root: string): Promise<void> {
  const { target } = exampleTopology(example);
  const view = composeSchema.parse(JSON.parse(await compose(example, ...bundle, "config", "--format", "json")));
  const runFolder = (kind: (typeof NODE_ROLES)[number]) => layoutOf(target, kind, "").run;
  const workbench = path.join(root, `${example}.workbench.json`);
  const folders = { etcd: runFolder("etcd"), postgresql: runFolder("postgresql"), haproxy: runFolder("haproxy"), pgbouncer: runFolder("pgbouncer") };
  await writeFile(workbench, JSON.stringify(workbenchOf(view, folders)));
  await compose(example, "--file", workbench, "up", "--detach", "--no-build", "--quiet-pull");
}

async function prepare(example: string, place: number, root: string): Promise<void> {
  await render(example, place, root);
  const directory = path.join(root, example);
  const bundle = ["--project-directory", directory, "--file", path.join(directory, "rendered/current/compose.yaml")];
  await buildImages(example, bundle);
  await start(example, bundle, root);
}

/** Takes everything away that carries the name of the example's bundle, whatever run left it. */
async function remove(example: string): Promise<void> {
  await compose(example, "down", "--volumes", "--remove-orphans", "--rmi", "all", "--timeout", "0");
}

/** Renders, builds and starts the bundle of every example, once for all checkers; takes it away afterwards, also when something failed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(path.join(tmpdir(), "matriarch-check-"));
  const tearDown = async () => {
    for (const example of EXAMPLE_NAMES) await remove(example);
    await rm(root, { recursive: true, force: true });
  };
  try {
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
