import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { type FileHandle, chmod, chown, link, lstat, mkdir, open, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { OperationError, aboutFile, codeOf, isMissing, isTaken } from "./errors.ts";

/*
 * Every file is written in two steps: staged, whole and on the disk under a name that nobody reads; then put in its place,
 * which is one step of the file system. Each is on the disk before the next begins, so that a power failure, too, leaves
 * what some moment had.
 */

export interface FileToWrite {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
  /** Numeric user and group; `null`: those of the file that it replaces, else of whoever runs the command. */
  readonly owner: number | null;
}

/** A file that lacks only its name. */
export interface StagedFile {
  readonly path: string;
  readonly temporary: string;
  /** `create`: never overwrites. */
  readonly placing: "create" | "replace";
}

const TEMPORARY = /\.matriarch-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** A name beside this one that nobody reads. What a killed process leaves behind is called so. */
export function temporaryName(file: string): string {
  return `${file}.matriarch-${randomUUID()}.tmp`;
}

/** Whether only this program can have made a file of that name. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/** Waits until what happened to the names in a folder is on the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Some network and user-space file systems know no such thing.
    if (!["EINVAL", "ENOTSUP"].includes(codeOf(error) ?? "")) throw aboutFile(error, folder);
  } finally {
    await handle.close();
  }
}

/** Makes a folder and those above it, on the disk when it returns. One that is there stays as it is. */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  const isThere = async () => (await statIfPresent(folder))?.isDirectory();
  if (await isThere()) return;
  // Not mkdir's own recursion: on a read-only file system it only says that there is no such folder.
  await makeFolder(path.dirname(folder), mode);
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if (!isTaken(error)) throw error;
    if (!(await isThere())) throw new OperationError(`${folder} is not a folder. Move it away, then run the command again.`);
  }
  await syncFolder(path.dirname(folder));
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

async function ownerOf({ path: file, owner }: FileToWrite): Promise<Owner | undefined> {
  return owner === null ? statIfPresent(file) : { uid: owner, gid: owner };
}

async function give(handle: FileHandle, owner: Owner | undefined): Promise<void> {
  const made = await handle.stat();
  if (owner === undefined || (made.uid === owner.uid && made.gid === owner.gid)) return;
  try {
    await handle.chown(owner.uid, owner.gid);
  } catch (error) {
    if (codeOf(error) !== "EINVAL") throw error;
    throw new OperationError(`User ${owner.uid} does not exist in this container's user namespace. Map it, or run the command outside.`);
  }
}

/** Writes a file that nobody reads yet, whole and on the disk when it returns; its name is that only with its folder. */
export async function writeNew({ path: file, content, mode }: FileToWrite, owner?: Owner): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await give(handle, owner);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function stage(file: FileToWrite, placing: StagedFile["placing"]): Promise<StagedFile> {
  await makeFolder(path.dirname(file.path));
  const temporary = temporaryName(file.path);
  try {
    await writeNew({ ...file, path: temporary }, await ownerOf(file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw aboutFile(error, file.path);
  }
  return { path: file.path, temporary, placing };
}

/** Stages a file that must not exist, neither now nor when it is put in its place. */
export async function stageNew(file: FileToWrite): Promise<StagedFile> {
  if ((await unlessMissing(lstat(file.path))) !== undefined) throw new OperationError(`${file.path} is there, and is never overwritten.`);
  return stage(file, "create");
}

/** Stages a file over one that may be there. Nothing to do where the content is the same: permissions are mended. */
export async function stageReplacement(file: FileToWrite): Promise<StagedFile | undefined> {
  if ((await readIfPresent(file.path)) !== file.content) return stage(file, "replace");
  const { uid, gid, mode } = await stat(file.path);
  if (file.owner !== null && (uid !== file.owner || gid !== file.owner)) await chown(file.path, file.owner, file.owner);
  if ((mode & 0o7777) !== file.mode) await chmod(file.path, file.mode);
  return undefined;
}

/** The one step: a reader sees the old content or the new one. Fails with EEXIST where `create` would overwrite. */
export async function putInPlace({ path: file, temporary, placing }: StagedFile): Promise<void> {
  if (placing === "replace") {
    await rename(temporary, file);
  } else {
    await link(temporary, file);
    await rm(temporary);
  }
  await syncFolder(path.dirname(file));
}

/** Writes a file that must not exist yet, in one step; after a power failure it may be gone. Fails with EEXIST. */
export async function createFile(file: FileToWrite): Promise<void> {
  const { temporary } = await stage(file, "create");
  try {
    await link(temporary, file.path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Points a symbolic link elsewhere in one step. */
export async function replaceLink(target: string, linkPath: string): Promise<void> {
  const temporary = temporaryName(linkPath);
  await symlink(target, temporary);
  await putInPlace({ path: linkPath, temporary, placing: "replace" });
}

/** The text of a file, or `undefined` where there is none. */
export function readIfPresent(file: string): Promise<string | undefined> {
  return unlessMissing(readFile(file, "utf8"));
}

/** What a path leads to, or `undefined` where there is nothing. */
export function statIfPresent(file: string): Promise<Stats | undefined> {
  return unlessMissing(stat(file));
}

async function unlessMissing<Value>(value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
