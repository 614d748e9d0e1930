import { randomUUID } from "node:crypto";
import { type FileHandle, chmod, chown, link, mkdir, open, readFile, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "./errors.ts";

export interface FileToWrite {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
  /** Numeric user and group, or `null` for whoever runs the command. */
  readonly owner: number | null;
}

/** Whole and on the disk, under a name nobody reads. */
async function writeBeside(file: FileToWrite): Promise<string> {
  await mkdir(path.dirname(file.path), { recursive: true });
  const temporary = `${file.path}.${randomUUID()}.tmp`;
  let handle: FileHandle | undefined;
  try {
    handle = await open(temporary, "wx", file.mode);
    await handle.writeFile(file.content);
    await handle.chmod(file.mode);
    if (file.owner !== null) await handle.chown(file.owner, file.owner);
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle?.close();
  }
  return temporary;
}

/** Replaces a file in one step: a reader sees the old content or the new one. Does nothing where the content is the same. */
export async function replaceFile(file: FileToWrite): Promise<void> {
  if ((await readIfPresent(file.path)) === file.content) {
    await chmod(file.path, file.mode);
    if (file.owner !== null) await chown(file.path, file.owner, file.owner);
    return;
  }
  const temporary = await writeBeside(file);
  await rename(temporary, file.path);
}

/** Writes a file that must not exist yet: keys and credentials are never overwritten. Fails with EEXIST. */
export async function createFile(file: FileToWrite): Promise<void> {
  const temporary = await writeBeside(file);
  try {
    await link(temporary, file.path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Points a symbolic link elsewhere in one step. */
export async function replaceLink(target: string, linkPath: string): Promise<void> {
  const temporary = `${linkPath}.${randomUUID()}.tmp`;
  await symlink(target, temporary);
  await rename(temporary, linkPath);
}

/** The text of a file, or `undefined` where there is none. */
export async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
