import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  /** The whole environment of the process; default: the test's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Node's own options. */
  readonly node?: readonly string[];
}

/** Runs the program as a user does, with what it says and how it ends. */
export function run(args: readonly string[], { node = [], ...options }: RunOptions = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, MAIN, ...args], { encoding: "utf8", input: "", ...options });
  return { status, stdout, stderr };
}
