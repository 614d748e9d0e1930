import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** How a program ended and what it said. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end; never throws on its exit code (-1: ended by a signal). */
export async function run(program: string, args: readonly string[], { cwd, input, env }: RunOptions = {}): Promise<Outcome> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env } });
  const exitCode = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });
  // A program that ends without reading its input is judged by its exit code.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input ?? "");
  const [code, stdout, stderr] = await Promise.all([exitCode, text(child.stdout), text(child.stderr)]);
  return { exitCode: code, stdout, stderr };
}

/** What a program says on its standard output. Throws with everything it said when it fails. */
export async function runOrThrow(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await run(program, args, options);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${exitCode}\n${stdout}${stderr}`);
  return stdout;
}
