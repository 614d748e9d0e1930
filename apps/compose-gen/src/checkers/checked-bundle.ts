import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Secrets, type Topology, parseEnvironment, quoteValue, secretsOf } from "@matriarch/topology";
import { exampleText } from "@matriarch/topology/testing";
import { inject } from "vitest";
import { readTopology } from "../pipeline.ts";
import { type Outcome, run, runOrThrow } from "./process.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder that holds the bundle of each example, by the example's name. */
    bundles: string;
  }
}

/** The command line that everybody uses. */
export const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** Names of its own: a cluster that somebody runs from the same example is neither used nor destroyed. */
export function scopeOf(example: string): string {
  return `matriarch-check-${example}`;
}

/** What every file format has its own opinion about, in every password. */
const HOSTILE = `it's "a" \\ $HOME \${X} $$ #;,:%{{x}}=\u00e9`;

/** An environment file with a password of that kind for each variable. */
export function hostileEnvironment(scope: string, topology: Topology): string {
  const lines = secretsOf(topology).map(({ variable }) => `${variable}=${quoteValue(`${variable} ${HOSTILE}`)}\n`);
  return [`SCOPE=${scope}\n`, ...lines].join("");
}

/** The example in networks that no other bundle has, so that all of them can stand side by side. */
export function topologyText(example: string, place: number): string {
  const network = (name: string, index: number) => `  ${name}: 100.127.${10 * place + index}.0/24\n`;
  const networks = ["front", "database", "pooled", "dcs", "operator"].map(network).join("");
  return `${exampleText(example).replace(/^networks:\n(?: .*\n)+/m, "")}\nnetworks:\n${networks}`;
}

/** A bundle that the real command line wrote, on the workbench. */
export interface CheckedBundle {
  readonly directory: string;
  readonly topology: Topology;
  readonly secrets: Secrets;
  /** A rendered file's text. */
  read(file: string): Promise<string>;
  /** Runs a program in a member's container, as its daemon's user. */
  exec(member: string, command: readonly string[], input?: string): Promise<Outcome>;
  /** What the program said on its standard output; throws when it fails. */
  ask(member: string, command: readonly string[], input?: string): Promise<string>;
  /** Everything that a member's daemon logged. */
  logs(member: string): Promise<string>;
}

/** The bundle of an example, as the set-up left it. */
export async function checkedBundle(example: string): Promise<CheckedBundle> {
  const directory = path.join(inject("bundles"), example);
  const file = path.join(inject("bundles"), `${example}.yaml`);
  const environment = await readFile(path.join(directory, ".env"), "utf8");
  const { topology } = readTopology({ text: await readFile(file, "utf8"), file }, { text: environment, file: ".env" });
  if (topology === undefined) throw new Error(`${file} is not a topology`);
  const args = (member: string, command: readonly string[]) => ["exec", "--interactive", `${topology.scope}-${member}`, ...command];
  return {
    directory,
    topology,
    secrets: parseEnvironment(environment, ".env").values,
    read: (name) => readFile(path.join(directory, "rendered/current", name), "utf8"),
    exec: (member, command, input = "") => run("docker", args(member, command), { input }),
    ask: (member, command, input = "") => runOrThrow("docker", args(member, command), { input }),
    logs: async (member) => {
      const { stdout, stderr } = await run("docker", ["logs", `${topology.scope}-${member}`]);
      return stdout + stderr;
    },
  };
}
