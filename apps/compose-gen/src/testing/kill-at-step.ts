import { writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/*
 * Loaded into a render before its own code (`--import`): counts the calls that change the disk. The one with the number
 * KILL_AT_STEP has SIGKILL come while it runs, or up to a millisecond later. Without that variable, STEPS_FILE is given what
 * there was to count.
 */
const killAt = Number(process.env["KILL_AT_STEP"] ?? 0);
const report = process.env["STEPS_FILE"];

/** What one render, from its first change of the disk to its last, comes to. */
export interface Steps {
  /** The first that gives a file of the bundle its name. */
  readonly placed: number;
  /** The one that puts the new generation in force. */
  readonly swapped: number;
  readonly all: number;
  readonly milliseconds: number;
}

let [all, placed, swapped, start] = [0, 0, 0, 0];

function count(name: string, target: unknown): void {
  all += 1;
  if (all === 1) start = performance.now();
  const isPlaced = ["link", "rename"].includes(name) && typeof target === "string" && !target.endsWith(".lock");
  if (isPlaced && placed === 0) placed = all;
  if (isPlaced && target.endsWith("rendered/current")) swapped = all;
  if (all === killAt) setTimeout(() => process.kill(process.pid, "SIGKILL"), Math.random());
}

type Calls = Record<string, (...args: unknown[]) => Promise<unknown>>;

function countCalls(owner: Calls, names: readonly string[]): void {
  for (const name of names) {
    const original = owner[name];
    if (original === undefined) throw new Error(`node:fs/promises has no ${name}`);
    owner[name] = function counted(this: unknown, ...args: unknown[]) {
      // A folder is opened to be synced, which is counted.
      if (name !== "open" || args[1] !== "r") count(name, args[1]);
      return original.apply(this, args);
    };
  }
}

const probe = await fs.open(process.execPath, "r");
countCalls(Object.getPrototypeOf(probe) as Calls, ["chmod", "chown", "sync", "writeFile"]);
await probe.close();
countCalls(fs as unknown as Calls, ["chmod", "chown", "link", "mkdir", "open", "rename", "rm", "rmdir", "symlink"]);
syncBuiltinESMExports();

process.on("exit", () => {
  const steps: Steps = { placed, swapped, all, milliseconds: performance.now() - start };
  if (report !== undefined) writeFileSync(report, JSON.stringify(steps));
});
