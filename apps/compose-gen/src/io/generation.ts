import { readdir, readlink, rename, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import type { RenderedFile } from "@matriarch/topology";
import { z } from "zod";
import type { Manifest } from "../bundle.ts";
import { MANIFEST, changedByHand, formatManifest, generationOf } from "../manifest.ts";
import { readIfPresent, replaceFile, replaceLink } from "./atomic-file.ts";
import { OperationError, isMissing } from "./errors.ts";

/*
 * The rendered files of one moment are a generation: a folder of its own, complete before it gets its name, and never
 * changed afterwards. The symbolic link `current` says which one is in force.
 */

/** The link that containers follow. */
export const CURRENT = "current";
/** What a killed process leaves behind starts so. */
const STAGING = ".staging.";

const manifestSchema = z.object({ matriarch: z.string(), scope: z.string(), files: z.record(z.string(), z.string()) });

export async function readManifest(generation: string): Promise<Manifest | undefined> {
  const text = await readIfPresent(path.join(generation, MANIFEST));
  if (text === undefined) return undefined;
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new OperationError(`${path.join(generation, MANIFEST)} is damaged. Move the folder ${generation} away and render again.`);
  }
}

/** Files of a generation that somebody changed or removed since they were rendered. */
export async function handChanges(generation: string): Promise<string[]> {
  const manifest = await readManifest(generation);
  if (manifest === undefined) return [];
  const names = Object.keys(manifest.files);
  const contents = await Promise.all(names.map(async (name) => [name, await readIfPresent(path.join(generation, name))] as const));
  return changedByHand(manifest, new Map(contents));
}

/** Name of the generation in force. */
export async function currentGeneration(rendered: string): Promise<string | undefined> {
  try {
    return await readlink(path.join(rendered, CURRENT));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function isIntact(generation: string): Promise<boolean> {
  return (await readManifest(generation)) !== undefined && (await handChanges(generation)).length === 0;
}

/** Name of a folder for these bytes: one that holds them already, else one that is free. */
async function chooseGeneration(rendered: string, hash: string): Promise<{ readonly name: string; readonly isWritten: boolean }> {
  const taken = new Set(await readdir(rendered));
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? hash : `${hash}.${attempt}`;
    if (!taken.has(name)) return { name, isWritten: false };
    if (await isIntact(path.join(rendered, name))) return { name, isWritten: true };
  }
}

/** Writes a generation, unless it is there already, and returns its name. It is not in force yet. */
export async function writeGeneration(rendered: string, files: readonly RenderedFile[], manifest: Manifest): Promise<string> {
  const { name, isWritten } = await chooseGeneration(rendered, generationOf(manifest));
  if (isWritten) return name;
  const staging = path.join(rendered, `${STAGING}${process.pid}`);
  await rm(staging, { recursive: true, force: true });
  for (const file of files) await replaceFile({ ...file, path: path.join(staging, file.path), owner: null });
  await replaceFile({ path: path.join(staging, MANIFEST), content: formatManifest(manifest), mode: 0o444, owner: null });
  await rename(staging, path.join(rendered, name));
  return name;
}

/** Puts a generation in force, in one step. */
export async function putInForce(rendered: string, generation: string): Promise<void> {
  if ((await currentGeneration(rendered)) !== generation) await replaceLink(generation, path.join(rendered, CURRENT));
}

/** Every folder above these files, the deepest first. */
function foldersOf(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => {
    const parts = file.split("/").slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  });
  return [...new Set(folders)].toSorted().toReversed();
}

/** Removes what an earlier render left, file by file by its own manifest: what somebody put there stays. */
async function removeGeneration(generation: string): Promise<void> {
  const manifest = await readManifest(generation);
  if (manifest === undefined) return;
  const files = Object.keys(manifest.files);
  await Promise.all([...files, MANIFEST].map((file) => rm(path.join(generation, file), { force: true })));
  for (const folder of [...foldersOf(files), "."]) {
    await rmdir(path.join(generation, folder)).catch(() => undefined); // not empty: somebody's file is in it
  }
}

/** Removes every generation but one, and what killed processes left. */
export async function removeOthers(rendered: string, generation: string): Promise<void> {
  for (const name of await readdir(rendered)) {
    if (name === CURRENT || name === generation || !(await stat(path.join(rendered, name))).isDirectory()) continue;
    if (name.startsWith(STAGING)) await rm(path.join(rendered, name), { recursive: true, force: true });
    else await removeGeneration(path.join(rendered, name));
  }
}
