import type { Dirent } from "node:fs";
import { readdir, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { isTemporary } from "./atomic-file.ts";
import { isMissing } from "./errors.ts";
import { RENDERED } from "./generation.ts";
import { APPLIED } from "./stored-generation.ts";
import { PLANS } from "./plans.ts";

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function removeIn(folder: string, options: { readonly deep: boolean }): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const file = path.join(folder, entry.name);
    if (isTemporary(entry.name)) await rm(file, { recursive: true, force: true });
    else if (options.deep && entry.isDirectory()) await removeIn(file, options);
  }
}

/** Where a link leads, or the path itself where there is nothing yet. */
export async function realPathOf(file: string): Promise<string> {
  return realpath(file).catch((error: unknown) => {
    if (isMissing(error)) return file;
    throw error;
  });
}

/**
 * Removes what an earlier process was killed over, by names that only this program gives. To be called under the lock: at
 * any other time it could be what a living one is about to put in its place.
 */
export async function removeLeftovers(directory: string): Promise<void> {
  const beside = path.dirname(await realPathOf(path.join(directory, ".env")));
  const flat = [directory, beside, ...[RENDERED, PLANS, APPLIED].map((name) => path.join(directory, name))];
  for (const folder of new Set(flat)) await removeIn(folder, { deep: false });
  for (const folder of ["pki", "secrets"]) await removeIn(path.join(directory, folder), { deep: true });
}
