import { lstat, readlink } from "node:fs/promises";
import path from "node:path";
import { FRONT_FILES } from "../bundle.ts";
import { statIfPresent } from "./atomic-file.ts";
import { OperationError, isMissing } from "./errors.ts";
import { CURRENT, RENDERED, currentGeneration, handChanges } from "./generation.ts";

/** What can stand in the way of a bundle, found before anything is written. */

/** A rendered file's link at the top of the bundle. */
export interface FrontLink {
  readonly name: string;
  readonly file: string;
  readonly target: string;
}

export function frontLinks(directory: string): FrontLink[] {
  return FRONT_FILES.map((name) => ({ name, file: path.join(directory, name), target: `${RENDERED}/${CURRENT}/${name}` }));
}

/** What a link points to: empty for something that is no link, `undefined` where there is nothing. */
export async function targetOf(file: string): Promise<string | undefined> {
  return readlink(file).catch((error: unknown) => (isMissing(error) ? undefined : ""));
}

const FOLDERS = [RENDERED, "pki", "secrets"] as const;

/**
 * Fails where there is a file in the place of one of the bundle's folders, a folder in the place of its environment file,
 * or a link that leads nowhere: what is behind it would be made again.
 */
export async function refuseWrongKinds(directory: string): Promise<void> {
  const elsewhere = "Move it away, or choose another folder with --out.";
  for (const name of [...FOLDERS, ".env"] as const) {
    const file = path.join(directory, name);
    const found = await statIfPresent(file);
    if (found === undefined && (await isLink(file))) {
      throw new OperationError(`${file} is a link to something that is not there. Bring that back, or remove the link.`);
    }
    if (found === undefined) continue;
    if (name === ".env" && !found.isFile()) {
      throw new OperationError(`${file}: it is ${found.isDirectory() ? "a folder, not a file" : "no regular file"}. ${elsewhere}`);
    }
    if (name !== ".env" && !found.isDirectory()) throw new OperationError(`${file} is a file, not a folder. ${elsewhere}`);
  }
}

async function isLink(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Fails where somebody else's file has the name of one of Matriarch's links. */
export async function refuseForeignFiles(directory: string): Promise<void> {
  await currentGeneration(path.join(directory, RENDERED));
  for (const { file, target } of frontLinks(directory)) {
    if (![undefined, target].includes(await targetOf(file))) {
      throw new OperationError(`${file} is not Matriarch's. Move it away, or choose another folder with --out.`);
    }
  }
}

/** Fails when a file of the generation in force was changed by hand. */
export async function refuseHandChanges(rendered: string): Promise<void> {
  const generation = await currentGeneration(rendered);
  const changed = generation === undefined ? [] : await handChanges(path.join(rendered, generation));
  if (changed.length === 0) return;
  throw new OperationError(
    `Changed by hand since they were rendered: ${changed.join(", ")} (in ${path.join(rendered, CURRENT)}). ` +
      "Put the change into the topology, or overwrite them with --force.",
  );
}
