import { readdir, readlink, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import type { RenderedFile } from "@matriarch/topology";
import { z } from "zod";
import type { Manifest } from "../bundle.ts";
import { MANIFEST, changedByHand, formatManifest, generationOf } from "../manifest.ts";
import { makeFolder, readIfPresent, replaceLink, statIfPresent, syncFolder, temporaryName, writeNew } from "./atomic-file.ts";
import { OperationError, aboutFile, codeOf, isMissing } from "./errors.ts";

/*
 * The rendered files of one moment are a generation: a folder of its own, complete before it gets its name, and never
 * changed afterwards. The symbolic link `current` says which one is in force.
 */

/** The bundle's folder of generations. */
export const RENDERED = "rendered";
/** The link in it that containers follow. */
export const CURRENT = "current";
/** Names that generations have: the hash of what is in them, and a number where that one was taken. */
const GENERATION = /^[0-9a-f]{16}(?:\.\d+)?$/;

/** A path that leads out of the folder must not be followed, and never is one of ours. */
const fileSchema = z.string().refine((file) => path.posix.normalize(file) === file && !path.isAbsolute(file) && !file.startsWith(".."));
const manifestSchema = z.object({ matriarch: z.string(), scope: z.string(), files: z.record(fileSchema, z.string()) });

/** `damaged`: there is one, and it cannot be read. */
async function inspectManifest(generation: string): Promise<Manifest | "missing" | "damaged"> {
  const text = await readIfPresent(path.join(generation, MANIFEST));
  if (text === undefined) return "missing";
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return "damaged";
  }
}

/**
 * The manifest of a generation; `undefined` where there is no generation.
 * @throws OperationError when it is damaged or gone
 */
export async function readManifest(generation: string): Promise<Manifest | undefined> {
  const manifest = await inspectManifest(generation);
  if (typeof manifest !== "string") return manifest;
  if (manifest === "missing" && (await statIfPresent(generation)) === undefined) return undefined;
  throw new OperationError(
    `${path.join(generation, MANIFEST)} is ${manifest}. Without it nobody can tell what was changed by hand: put it back, or have ` +
      "the rendered files written anew by render --force.",
  );
}

async function contentsOf(generation: string, { files }: Manifest): Promise<Map<string, string | undefined>> {
  const contents = Object.keys(files).map(async (name) => [name, await readIfPresent(path.join(generation, name))] as const);
  return new Map(await Promise.all(contents));
}

/**
 * Files of a generation that somebody changed or removed since they were rendered; none where there is no generation.
 * @throws OperationError when its manifest is damaged or gone
 */
export async function handChanges(generation: string): Promise<string[]> {
  const manifest = await readManifest(generation);
  return manifest === undefined ? [] : changedByHand(manifest, await contentsOf(generation, manifest));
}

/**
 * Name of the generation in force.
 * @throws OperationError when `current` is not what Matriarch made
 */
export async function currentGeneration(rendered: string): Promise<string | undefined> {
  const link = path.join(rendered, CURRENT);
  try {
    const target = await readlink(link);
    if (GENERATION.test(target)) return target;
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (codeOf(error) !== "EINVAL") throw error; // EINVAL: it is no link
  }
  throw new OperationError(
    `${link} is not the link to a folder beside it that Matriarch makes. Move it away, or choose another folder with --out.`,
  );
}

async function isIntact(generation: string): Promise<boolean> {
  const manifest = await inspectManifest(generation);
  return typeof manifest !== "string" && changedByHand(manifest, await contentsOf(generation, manifest)).length === 0;
}

/** A generation that is on the disk: under its name, or still under a temporary one. */
export interface StagedGeneration {
  readonly name: string;
  readonly temporary?: string;
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

/** Every folder above these files, the deepest first. */
function foldersOf(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => {
    const parts = file.split("/").slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  });
  return [...new Set(folders)].toSorted().toReversed();
}

/** Writes a generation, unless it is there already. It has no name yet, and is not in force. */
export async function stageGeneration(rendered: string, files: readonly RenderedFile[], manifest: Manifest): Promise<StagedGeneration> {
  await makeFolder(rendered);
  const { name, isWritten } = await chooseGeneration(rendered, generationOf(manifest));
  if (isWritten) return { name };
  const temporary = temporaryName(path.join(rendered, name));
  const all: readonly RenderedFile[] = [...files, { path: MANIFEST, content: formatManifest(manifest), mode: 0o444 }];
  try {
    await writeAll(temporary, all);
  } catch (error) {
    throw aboutFile(error, path.join(rendered, name));
  }
  return { name, temporary };
}

async function writeAll(folder: string, files: readonly RenderedFile[]): Promise<void> {
  for (const file of files) {
    const target = path.join(folder, file.path);
    await makeFolder(path.dirname(target));
    await writeNew({ ...file, path: target, owner: null });
  }
  for (const below of [...foldersOf(files.map((file) => file.path)), "."]) await syncFolder(path.join(folder, below));
}

/** Puts a generation in force, in one step. */
export async function putInForce(rendered: string, { name, temporary }: StagedGeneration): Promise<void> {
  if (temporary !== undefined) {
    await rename(temporary, path.join(rendered, name));
    await syncFolder(rendered);
  }
  if ((await currentGeneration(rendered)) !== name) await replaceLink(name, path.join(rendered, CURRENT));
}

/** Removes folders that are empty: in the others there is somebody's file. */
async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}

/** Removes what an earlier render left, file by file by its own manifest: what somebody put there or changed stays. */
async function removeGeneration(generation: string, force: boolean): Promise<void> {
  const manifest = await inspectManifest(generation);
  if (typeof manifest === "string") return manifest === "missing" ? removeEmpty([generation]) : undefined;
  const contents = await contentsOf(generation, manifest);
  const changed = new Set(force ? [] : changedByHand(manifest, contents).filter((file) => contents.get(file) !== undefined));
  const files = Object.keys(manifest.files).filter((file) => !changed.has(file));
  for (const file of files) await rm(path.join(generation, file), { force: true });
  await removeEmpty(foldersOf(files).map((folder) => path.join(generation, folder)));
  if (changed.size > 0) return;
  // The manifest goes last: killed before, the next render finds it and goes on.
  await rm(path.join(generation, MANIFEST), { force: true });
  await removeEmpty([generation]);
}

/**
 * Removes every generation but one. Files that somebody changed stay unless it is forced, and so does what is not in a
 * generation's manifest, and every folder that is none.
 */
export async function removeOthers(rendered: string, generation: string, options: { readonly force: boolean }): Promise<void> {
  for (const entry of await readdir(rendered, { withFileTypes: true })) {
    if (!entry.isDirectory() || !GENERATION.test(entry.name) || entry.name === generation) continue;
    await removeGeneration(path.join(rendered, entry.name), options.force);
  }
}
