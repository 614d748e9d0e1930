import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Secrets, type Topology, parseEnvironment } from "@matriarch/topology";
import { inject } from "vitest";
import { readTopology } from "../pipeline.ts";
import { type Outcome, run, runOrThrow } from "./process.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder that holds the bundle of each example, by the example's name. */
    bundles: string;
  }
}

/** A bundle that the real command line wrote, on the workbench. */
export interface CheckedBundle {
  readonly directory: string;
  readonly topology: Topology;
  readonly secrets: Secrets;
  readonly containerOf: (member: string) => string;
  /** Text of a rendered file. */
  readonly read: (file: string) => Promise<string>;
  /** Runs a program in a member's container, as its daemon's user; never throws on its exit code. */
  readonly exec: (member: string, command: readonly string[], input?: string) => Promise<Outcome>;
  /** What a program says on its standard output; throws when it fails. */
  readonly ask: (member: string, command: readonly string[], input?: string) => Promise<string>;
  /** Everything that a member's daemon logged. */
  readonly logs: (member: string) => Promise<string>;
}

/** The bundle of an example, as the set-up left it. */
export async function checkedBundle(example: string): Promise<CheckedBundle> {
  const directory = path.join(inject("bundles"), example);
  const file = `${directory}.yaml`;
  const environment = await readFile(path.join(directory, ".env"), "utf8");
  const { topology } = readTopology({ text: await readFile(file, "utf8"), file }, { text: environment, file: ".env" }, "fill");
  if (topology === undefined) throw new Error(`${file} is not a topology`);
  const containerOf = (member: string) => `${topology.scope}-${member}`;
  const inside = (member: string, command: readonly string[]) => ["exec", "--interactive", containerOf(member), ...command];
  return {
    directory,
    topology,
    secrets: parseEnvironment(environment, ".env").values,
    containerOf,
    read: (name) => readFile(path.join(directory, "rendered/current", name), "utf8"),
    exec: (member, command, input = "") => run("docker", inside(member, command), { input }),
    ask: (member, command, input = "") => runOrThrow("docker", inside(member, command), { input }),
    logs: async (member) => {
      const { stdout, stderr } = await run("docker", ["logs", containerOf(member)]);
      return stdout + stderr;
    },
  };
}
