import { rm } from "node:fs/promises";
import path from "node:path";
import { createFile, readIfPresent } from "./atomic-file.ts";
import { OperationError, isTaken } from "./errors.ts";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Runs `work` while no other process writes the same bundle. A lock left by a killed process is taken over. */
export async function withLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const file = path.join(directory, ".lock");
  const take = () => createFile({ path: file, content: `${process.pid}\n`, mode: 0o644, owner: null });
  try {
    await take();
  } catch (error) {
    if (!isTaken(error)) throw error;
    const holder = Number(await readIfPresent(file));
    if (Number.isInteger(holder) && holder > 0 && isAlive(holder)) {
      throw new OperationError(`${directory} is being written by process ${holder}. Wait until it ends, then run the command again.`);
    }
    await rm(file, { force: true });
    await take();
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
