import { stat } from "node:fs/promises";
import path from "node:path";
import { LEDGER_FILE } from "../bundle.ts";
import { changedByHand } from "../manifest.ts";
import { readIfPresent } from "./atomic-file.ts";
import { OperationError } from "./errors.ts";
import { RENDERED, currentGeneration, readManifest } from "./generation.ts";
import { frontLinks, targetOf } from "./obstacles.ts";

/** A rendered file of the manifest in force. */
interface StoredFile {
  /** `undefined`: somebody removed it. */
  readonly content: string | undefined;
  readonly changedByHand: boolean;
}

export interface StoredSecret {
  readonly content: string;
  /** Permission bits. */
  readonly mode: number;
  /** Numeric user; `null` where it cannot matter: only root can give a file away. */
  readonly owner: number | null;
}

interface StoredLink {
  readonly path: string;
  /** `foreign`: something else is in its place. */
  readonly isThere: "yes" | "no" | "foreign";
}

/** What a bundle's folder holds, to compare with what it would hold; keys and certificates are `readBundle`'s. */
export interface BundleState {
  /** By path in the manifest in force; empty where nothing was rendered yet. */
  readonly rendered: ReadonlyMap<string, StoredFile>;
  /** By path from the bundle's root; only those that are there. */
  readonly secrets: ReadonlyMap<string, StoredSecret>;
  readonly links: readonly StoredLink[];
  /** Text of the ledger; `undefined` where there is none. */
  readonly ledger: string | undefined;
}

async function readRendered(rendered: string): Promise<Map<string, StoredFile>> {
  const generation = await currentGeneration(rendered);
  if (generation === undefined) return new Map();
  const folder = path.join(rendered, generation);
  const manifest = await readManifest(folder);
  const names = Object.keys(manifest?.files ?? {});
  const contents = new Map(await Promise.all(names.map(async (name) => [name, await readIfPresent(path.join(folder, name))] as const)));
  // A render that ended meanwhile has removed what was in force: its files would look removed by hand.
  if ((await currentGeneration(rendered)) !== generation) {
    throw new OperationError(`${path.dirname(rendered)} was rendered while this command ran. Run it again.`);
  }
  const changed = new Set(manifest === undefined ? [] : changedByHand(manifest, contents));
  return new Map(names.map((name) => [name, { content: contents.get(name), changedByHand: changed.has(name) }]));
}

async function readSecret(file: string): Promise<StoredSecret | undefined> {
  const content = await readIfPresent(file);
  if (content === undefined) return undefined;
  const { mode, uid } = await stat(file);
  return { content, mode: mode & 0o777, owner: process.getuid?.() === 0 ? uid : null };
}

async function readLinks(directory: string): Promise<StoredLink[]> {
  return Promise.all(
    frontLinks(directory).map(async ({ name, file, target }) => {
      const found = await targetOf(file);
      return { path: name, isThere: found === undefined ? "no" : found === target ? "yes" : "foreign" } as const;
    }),
  );
}

/** Reads a bundle's folder and changes nothing in it; `secretPaths` are from its root. */
export async function readBundleState(directory: string, secretPaths: readonly string[]): Promise<BundleState> {
  const secrets = await Promise.all(secretPaths.map(async (name) => [name, await readSecret(path.join(directory, name))] as const));
  return {
    rendered: await readRendered(path.join(directory, RENDERED)),
    secrets: new Map(secrets.flatMap(([name, secret]) => (secret === undefined ? [] : [[name, secret] as const]))),
    links: await readLinks(directory),
    ledger: await readIfPresent(path.join(directory, LEDGER_FILE)),
  };
}
