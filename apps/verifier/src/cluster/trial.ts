import { mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { type BundleFacts, readBundleFacts } from "./bundle.ts";

/** Seconds: images may have to be built first, and members have 300 to become healthy. */
const UP = 900;

/** A copy of a bundle that may be changed, brought up and destroyed. */
export interface Trial {
  readonly directory: string;
  /** Text files of the original, by path: rendered ones, and those below `pki` and `secrets`. */
  readonly original: ReadonlyMap<string, string>;
  /** Puts files in place of those in force: the rendered ones as a generation of that name. */
  write(files: ReadonlyMap<string, string>, generation: string): Promise<BundleFacts>;
  /** Brings the cluster up, or to what its files say now. Throws with the last lines of what the script said. */
  up(interrupted: AbortSignal): Promise<void>;
  /** Takes containers and data away; images stay. */
  clean(): Promise<void>;
  /** Takes the folder away as well. */
  remove(): Promise<void>;
}

/** Keys and secrets stand below these folders. */
const BESIDE = ["pki", "secrets"];

async function textsBelow(directory: string, folder: string): Promise<[string, string][]> {
  const entries = await readdir(path.join(directory, folder), { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)));
  return Promise.all(names.map(async (name): Promise<[string, string]> => [name, await readFile(path.join(directory, name), "utf8")]));
}

/** Everything that a copy holds and that may be changed. */
async function textsOf(directory: string): Promise<Map<string, string>> {
  const rendered = await textsBelow(path.join(directory, "rendered/current"), ".");
  const beside = await Promise.all(BESIDE.map((folder) => textsBelow(directory, folder)));
  return new Map([...rendered, ...beside.flat()]);
}

/** What the container engine has under a cluster's name: its containers and its data. */
async function remainsOf(scope: string): Promise<string[]> {
  const filter = ["--filter", `label=com.docker.compose.project=${scope}`];
  const asked = [
    ["ps", "--all", ...filter, "--format", "{{.Names}}"],
    ["volume", "ls", "--quiet", ...filter],
  ];
  const answers = await Promise.all(asked.map((args) => execa("docker", args, { stdin: "ignore" })));
  return answers.flatMap(({ stdout }) => stdout.split("\n").filter((line) => line !== ""));
}

async function writeGeneration(directory: string, files: ReadonlyMap<string, string>, generation: string): Promise<void> {
  const rendered = path.join(directory, "rendered");
  const folder = path.join(rendered, generation);
  // Over a copy: owners, modes and links are those of the original.
  await rm(folder, { recursive: true, force: true });
  await execa("cp", ["--archive", path.join(rendered, "original"), folder]);
  for (const [name, text] of files) {
    const place = BESIDE.some((beside) => name.startsWith(`${beside}/`)) ? directory : folder;
    const file = path.join(place, name);
    if ((await readFile(file, "utf8")) !== text) await writeFile(file, text);
  }
  await rm(path.join(rendered, "next"), { force: true });
  await symlink(generation, path.join(rendered, "next"));
  await rename(path.join(rendered, "next"), path.join(rendered, "current"));
  const others = (await readdir(rendered)).filter((name) => !["original", "current", generation].includes(name));
  await Promise.all(others.map((name) => rm(path.join(rendered, name), { recursive: true })));
}

/** What the script remembers of daemons that ran; that images were built, and of what, stays true. */
async function forgetWhatRan(directory: string): Promise<void> {
  const folder = path.join(directory, ".applied");
  const names = await readdir(folder).catch((): string[] => []);
  const gone = names.includes("images") ? names.filter((name) => name !== "images").map((name) => path.join(folder, name)) : [folder];
  await Promise.all(gone.map((file) => rm(file, { recursive: true, force: true })));
}

/**
 * Copies a bundle, keys and passwords included, into a folder of its own. Throws where the cluster has containers or data
 * already: both have its name, and a trial destroys them.
 */
export async function newTrial(bundle: string): Promise<Trial> {
  const { scope } = await readBundleFacts(bundle);
  const remains = await remainsOf(scope);
  if (remains.length > 0) throw new Error(`the cluster ${scope} runs or has data, which would be destroyed: ${remains.join(", ")}`);
  const directory = await mkdtemp(path.join(tmpdir(), "matriarch-self-test-"));
  await execa("cp", ["--archive", `${path.resolve(bundle)}/.`, directory]);
  await forgetWhatRan(directory);
  await execa("cp", ["--archive", `${path.join(directory, "rendered/current")}/.`, path.join(directory, "rendered/original")]);
  const compose = ["compose", "--project-directory", directory, "--file", path.join(directory, "rendered/current/compose.yaml")];
  return {
    directory,
    original: await textsOf(directory),
    write: async (files, generation) => {
      await writeGeneration(directory, files, generation);
      return readBundleFacts(directory);
    },
    up: async (interrupted) => {
      const options = { stdin: "ignore", all: true, reject: false, timeout: UP * 1000, cancelSignal: interrupted } as const;
      const { exitCode, all } = await execa(path.join(directory, "cluster"), ["up", "--yes"], options);
      interrupted.throwIfAborted();
      if (exitCode !== 0) throw new Error(`the cluster did not come up: ${all.split("\n").slice(-12).join("; ")}`);
    },
    clean: async () => {
      await execa("docker", [...compose, "down", "--volumes", "--remove-orphans", "--timeout", "5"], { stdin: "ignore" });
      await forgetWhatRan(directory);
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
