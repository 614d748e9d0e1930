import { mkdir, readdir, readlink } from "node:fs/promises";
import path from "node:path";
import { requestsOf } from "@matriarch/pki";
import type { Topology } from "@matriarch/topology";
import { type Bundle, FRONT_FILES, type Manifest, type SecretOverlay } from "../bundle.ts";
import { createFile, readIfPresent, replaceFile, replaceLink } from "./atomic-file.ts";
import { OperationError, isMissing } from "./errors.ts";
import { CURRENT, currentGeneration, handChanges, putInForce, removeOthers, writeGeneration } from "./generation.ts";
import { withLock } from "./lock.ts";

/**
 * A bundle on the disk:
 *
 *     rendered/<generation>/…   rendered files, never changed once there
 *     rendered/current          the symbolic link that containers follow: swapping it is the one step that counts
 *     compose.yaml, README.md … links into rendered/current
 *     pki/ secrets/ .env        made once and kept; outside the manifest
 */
export const RENDERED = "rendered";

/** What a bundle's folder holds before it is written again. */
export interface StoredBundle {
  /** Text of the environment file; empty where there is none. */
  readonly environment: string;
  /** PEM texts of the `pki` folder, by path. */
  readonly pki: ReadonlyMap<string, string>;
}

async function filesBelow(directory: string, prefix = ""): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  const nested = entries.map((entry) =>
    entry.isDirectory()
      ? filesBelow(path.join(directory, entry.name), `${prefix}${entry.name}/`)
      : Promise.resolve([`${prefix}${entry.name}`]),
  );
  return (await Promise.all(nested)).flat().toSorted();
}

export async function readBundle(directory: string): Promise<StoredBundle> {
  const pkiDirectory = path.join(directory, "pki");
  const names = (await filesBelow(pkiDirectory)).filter((name) => !name.endsWith(".tmp"));
  const texts = await Promise.all(names.map(async (name) => [name, (await readIfPresent(path.join(pkiDirectory, name))) ?? ""] as const));
  return { environment: (await readIfPresent(path.join(directory, ".env"))) ?? "", pki: new Map(texts) };
}

/** The files of an authority that the topology brings along, under the names that it has in the `pki` folder. */
export async function readBroughtAuthority(topology: Topology, base: string): Promise<[string, string][]> {
  const request = requestsOf(topology).authorities.find(({ broughtAlong }) => broughtAlong !== null);
  if (request?.broughtAlong == null) return [];
  const { certificate, key } = request.broughtAlong;
  const texts = await Promise.all([certificate, key].map((file) => readIfPresent(path.resolve(base, file))));
  return texts.flatMap((content, index): [string, string][] =>
    content === undefined ? [] : [[`${request.path}.${index === 0 ? "crt" : "key"}`, content]],
  );
}

export function frontLinks(directory: string): { readonly name: string; readonly file: string; readonly target: string }[] {
  return FRONT_FILES.map((name) => ({ name, file: path.join(directory, name), target: `${RENDERED}/${CURRENT}/${name}` }));
}

/** What a link points to: empty for something that is no link, `undefined` where there is nothing. */
export async function targetOf(file: string): Promise<string | undefined> {
  return readlink(file).catch((error: unknown) => (isMissing(error) ? undefined : ""));
}

async function refuseForeignFiles(directory: string): Promise<void> {
  for (const { file, target } of frontLinks(directory)) {
    if (![undefined, target].includes(await targetOf(file))) {
      throw new OperationError(`${file} is not Matriarch's. Move it away, or choose another folder with --out.`);
    }
  }
}

async function refuseHandChanges(rendered: string): Promise<void> {
  const generation = await currentGeneration(rendered);
  const changed = generation === undefined ? [] : await handChanges(path.join(rendered, generation));
  if (changed.length === 0) return;
  throw new OperationError(
    `Changed by hand since they were rendered: ${changed.join(", ")} (in ${path.join(rendered, CURRENT)}). ` +
      "Put the change into the topology, or overwrite them with --force.",
  );
}

/** Passwords that somebody else wrote meanwhile stay. */
async function replaceEnvironment(file: string, content: string, before: string): Promise<void> {
  if (((await readIfPresent(file)) ?? "") !== before) throw new OperationError(`${file} changed while this command ran. Run it again.`);
  await replaceFile({ path: file, content, mode: 0o600, owner: null });
}

/** What a daemon still has in force is kept once: rendered twice in between, the first one stays. */
async function replaceSecret(file: SecretOverlay): Promise<void> {
  const before = `${file.path}.before`;
  const present = file.keepsBefore ? await readIfPresent(file.path) : undefined;
  if (present !== undefined && present !== file.content && (await readIfPresent(before)) === undefined) {
    await createFile({ ...file, path: before, content: present });
  }
  await replaceFile(file);
}

/** What is made once and kept. */
async function writeKept(directory: string, bundle: Bundle, environmentBefore: string): Promise<void> {
  await replaceEnvironment(path.join(directory, ".env"), bundle.environment, environmentBefore);
  for (const file of bundle.pki) {
    const target = { ...file, path: path.join(directory, "pki", file.path) };
    // A key that is already there was meant to be kept; creating it again fails rather than destroys it.
    await (file.mode === 0o600 ? createFile(target) : replaceFile(target));
  }
  await mkdir(path.join(directory, "secrets"), { recursive: true, mode: 0o700 });
  for (const file of bundle.secrets) await replaceSecret({ ...file, path: path.join(directory, "secrets", file.path) });
}

export interface WriteOptions {
  /** Overwrite rendered files that were changed by hand. */
  readonly force: boolean;
  /** The environment file as it was read; empty where there was none. */
  readonly environmentBefore: string;
}

/**
 * Writes a bundle. A crash at any moment leaves the old generation or the new one in force, never a mixture; keys and
 * credentials that exist are not touched.
 * @throws OperationError when a managed file was changed by hand and `force` is off, when the folder holds somebody else's
 * files under its names, or when another process is writing or has written meanwhile
 */
export async function writeBundle(directory: string, bundle: Bundle, manifest: Manifest, options: WriteOptions): Promise<void> {
  const rendered = path.join(directory, RENDERED);
  await mkdir(rendered, { recursive: true });
  await withLock(directory, async () => {
    await refuseForeignFiles(directory);
    if (!options.force) await refuseHandChanges(rendered);
    await writeKept(directory, bundle, options.environmentBefore);
    const generation = await writeGeneration(rendered, bundle.rendered, manifest);
    await putInForce(rendered, generation);
    for (const { file, target } of frontLinks(directory)) if ((await targetOf(file)) !== target) await replaceLink(target, file);
    await removeOthers(rendered, generation);
  });
}
