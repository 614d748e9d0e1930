import { spawnSync } from "node:child_process";

/** Runs git; returns what it printed, without the line end, or `null` when it failed. */
export type Git = (...args: string[]) => string | null;

export function gitIn(folder: string): Git {
  return (...args) => {
    // A checkout that belongs to another user, as in many a container, is read all the same.
    const { status, stdout } = spawnSync("git", ["-C", folder, "-c", "safe.directory=*", ...args], { encoding: "utf8" });
    return status === 0 ? stdout.trimEnd() : null;
  };
}
