import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { createFile, putInPlace, readIfPresent, temporaryName } from "./atomic-file.ts";
import { OperationError, isMissing, isTaken } from "./errors.ts";
import { type ProcessIdentity, ownIdentity, parseIdentity, presenceOf } from "./process-identity.ts";

/** Name of the file that says who is writing a bundle. */
export const LOCK = ".matriarch.lock";

/** How often somebody else may be quicker before it is said to be in use. */
const ATTEMPTS = 5;

/** Runs `work` while no other process writes the same bundle. A lock left by a killed process is taken over. */
export async function withLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const file = path.join(directory, LOCK);
  const own = await ownIdentity();
  const content = `${JSON.stringify(own)}\n`;
  await take(file, content, own);
  try {
    return await work();
  } finally {
    if ((await readIfPresent(file)) === content) await rm(file, { force: true });
  }
}

async function take(file: string, content: string, own: ProcessIdentity): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await createFile({ path: file, content, mode: 0o644, owner: null });
    } catch (error) {
      // Missing: the holder took the half-made lock for a leftover.
      if (!isTaken(error) && !isMissing(error)) throw error;
    }
    const found = await readIfPresent(file);
    if (found === undefined) continue;
    await refuseHolder(file, found, own);
    await setAside(file, found);
  }
  throw new OperationError(`${path.dirname(file)} is being written by several processes in turn. Run the command again later.`);
}

/** Fails unless the holder of this lock is certainly gone. */
async function refuseHolder(file: string, found: string, own: ProcessIdentity): Promise<void> {
  const holder = parseIdentity(found);
  if (holder === undefined) return; // never a lock of ours: those are whole from the start
  const directory = path.dirname(file);
  switch (await presenceOf(holder, own)) {
    case "gone":
      return;
    case "running":
      throw new OperationError(
        `${directory} is being written by process ${holder.pid} (lock: ${file}). Wait until it ends, then run the command again.`,
      );
    case "elsewhere":
      throw new OperationError(
        `${directory} is being written by process ${holder.pid} of ${holder.host}, another machine or container. ` +
          `Wait until it ends; if it runs no more, remove ${file}. Then run the command again.`,
      );
  }
}

/** Removes this very lock: when somebody was quicker and it is theirs by now, it goes back. */
async function setAside(file: string, found: string): Promise<void> {
  const aside = temporaryName(file);
  try {
    await rename(file, aside);
    if ((await readIfPresent(aside)) !== found) await putInPlace({ path: file, temporary: aside, placing: "create" });
  } catch (error) {
    if (!isMissing(error) && !isTaken(error)) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
