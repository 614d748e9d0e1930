import { mkdir, readdir, readlink, rename, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { requestsOf } from "@matriarch/pki";
import type { Topology } from "@matriarch/topology";
import { z } from "zod";
import { type Bundle, FRONT_FILES, type Manifest, type SecretOverlay } from "../bundle.ts";
import { MANIFEST, changedByHand, formatManifest, generationOf } from "../manifest.ts";
import { createFile, readIfPresent, replaceFile, replaceLink } from "./atomic-file.ts";
import { OperationError, isMissing } from "./errors.ts";
import { withLock } from "./lock.ts";

/**
 * A bundle on the disk:
 *
 *     rendered/<generation>/…   rendered files, never changed once there
 *     rendered/current          the symbolic link that containers follow: swapping it is the one step that counts
 *     compose.yaml, README.md … links into rendered/current
 *     pki/ secrets/ .env        made once and kept; outside the manifest
 */
const RENDERED = "rendered";
const CURRENT = "current";

/** What a bundle's folder holds before it is written again. */
export interface StoredBundle {
  /** Text of the environment file; empty where there is none. */
  readonly environment: string;
  /** PEM texts of the `pki` folder, by path. */
  readonly pki: ReadonlyMap<string, string>;
}

const manifestSchema = z.object({ matriarch: z.string(), scope: z.string(), files: z.record(z.string(), z.string()) });

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

async function readManifest(generation: string): Promise<Manifest | undefined> {
  const text = await readIfPresent(path.join(generation, MANIFEST));
  if (text === undefined) return undefined;
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new OperationError(`${path.join(generation, MANIFEST)} is damaged. Move the folder ${generation} away and render again.`);
  }
}

/** Files of a generation that somebody changed or removed since they were rendered. */
async function handChanges(generation: string): Promise<string[]> {
  const manifest = await readManifest(generation);
  if (manifest === undefined) return [];
  const names = Object.keys(manifest.files);
  const contents = await Promise.all(names.map(async (name) => [name, await readIfPresent(path.join(generation, name))] as const));
  return changedByHand(manifest, new Map(contents));
}

async function currentGeneration(rendered: string): Promise<string | undefined> {
  try {
    return await readlink(path.join(rendered, CURRENT));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Removes what an earlier render left, file by file by its own manifest: what somebody put there stays. */
async function pruneGeneration(generation: string): Promise<void> {
  const manifest = await readManifest(generation);
  if (manifest === undefined) return;
  const names = [...Object.keys(manifest.files), MANIFEST];
  await Promise.all(names.map((name) => rm(path.join(generation, name), { force: true })));
  const folders = new Set(
    names.flatMap((name) =>
      name
        .split("/")
        .slice(0, -1)
        .map((_, index, parts) => parts.slice(0, index + 1).join("/")),
    ),
  );
  for (const folder of [...folders].toSorted().toReversed().concat("")) {
    await rmdir(path.join(generation, folder)).catch(() => undefined); // not empty: somebody's file is in it
  }
}

async function writeGeneration(rendered: string, bundle: Bundle, manifest: Manifest, force: boolean): Promise<string> {
  const name = generationOf(manifest);
  const target = path.join(rendered, name);
  const changed = await handChanges(target);
  if ((await readManifest(target)) !== undefined && changed.length === 0) return name;
  const staging = path.join(rendered, `.${name}.${process.pid}`);
  await rm(staging, { recursive: true, force: true });
  for (const file of bundle.rendered) await replaceFile({ ...file, path: path.join(staging, file.path), owner: null });
  await replaceFile({ path: path.join(staging, MANIFEST), content: formatManifest(manifest), mode: 0o444, owner: null });
  if (force) await pruneGeneration(target);
  await rename(staging, target);
  return name;
}

async function linkFrontFiles(directory: string): Promise<void> {
  for (const name of FRONT_FILES) {
    const target = `${RENDERED}/${CURRENT}/${name}`;
    const file = path.join(directory, name);
    const present = await readlink(file).catch((error: unknown) => (isMissing(error) ? undefined : ""));
    if (present === target) continue;
    if (present !== undefined) throw new OperationError(`${file} is not Matriarch's. Move it away, or choose another folder with --out.`);
    await replaceLink(target, file);
  }
}

/**
 * Writes a bundle. A crash at any moment leaves the old generation or the new one in force, never a mixture; keys and
 * credentials that exist are not touched.
 * @throws OperationError when a managed file was changed by hand and `force` is off, or another process is writing
 */
export async function writeBundle(directory: string, bundle: Bundle, manifest: Manifest, options: { force: boolean }): Promise<void> {
  const rendered = path.join(directory, RENDERED);
  await mkdir(rendered, { recursive: true });
  await withLock(directory, async () => {
    const before = await currentGeneration(rendered);
    const changed = before === undefined ? [] : await handChanges(path.join(rendered, before));
    if (changed.length > 0 && !options.force) {
      throw new OperationError(
        `Changed by hand since they were rendered: ${changed.join(", ")} (in ${path.join(rendered, CURRENT)}). ` +
          "Put the change into the topology, or overwrite them with --force.",
      );
    }
    await replaceFile({ path: path.join(directory, ".env"), content: bundle.environment, mode: 0o600, owner: null });
    for (const file of bundle.pki) {
      const target = { ...file, path: path.join(directory, "pki", file.path) };
      // A key that is already there was meant to be kept; creating it again fails rather than destroys it.
      await (file.mode === 0o600 ? createFile(target) : replaceFile(target));
    }
    await mkdir(path.join(directory, "secrets"), { recursive: true, mode: 0o700 });
    for (const file of bundle.secrets) await replaceSecret({ ...file, path: path.join(directory, "secrets", file.path) });
    const generation = await writeGeneration(rendered, bundle, manifest, options.force);
    if (generation !== before) await replaceLink(generation, path.join(rendered, CURRENT));
    await linkFrontFiles(directory);
    await pruneOthers(rendered, generation);
  });
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

async function pruneOthers(rendered: string, generation: string): Promise<void> {
  for (const name of await readdir(rendered)) {
    if (name === CURRENT || name === generation || !(await stat(path.join(rendered, name))).isDirectory()) continue;
    if (name.startsWith(".")) await rm(path.join(rendered, name), { recursive: true, force: true });
    else await pruneGeneration(path.join(rendered, name));
  }
}
