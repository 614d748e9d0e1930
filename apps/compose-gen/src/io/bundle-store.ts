import { readdir } from "node:fs/promises";
import path from "node:path";
import { requestsOf } from "@matriarch/pki";
import type { Topology } from "@matriarch/topology";
import { type Bundle, LEDGER_FILE, type Manifest } from "../bundle.ts";
import { isTemporary, makeFolder, putInPlace, readIfPresent, replaceLink } from "./atomic-file.ts";
import { OperationError, isMissing } from "./errors.ts";
import { RENDERED, putInForce, removeOthers, stageGeneration } from "./generation.ts";
import { stageKept } from "./kept-files.ts";
import { removeLeftovers } from "./leftovers.ts";
import { removeOtherPlans, stagePlan } from "./plans.ts";
import { withLock } from "./lock.ts";
import { frontLinks, refuseForeignFiles, refuseHandChanges, refuseWrongKinds, targetOf } from "./obstacles.ts";
import { refuseWithoutPrivilege } from "./privilege.ts";
import { readTextIfPresent } from "./source.ts";

/*
 * A bundle on the disk:
 *
 *     rendered/<generation>/…   rendered files, never changed once there
 *     rendered/current          the symbolic link that containers follow: swapping it is the one step that counts
 *     compose.yaml, README.md … links into rendered/current
 *     pki/ secrets/ .env        made once and kept; outside the manifest
 *     ledger.json               what each member was given once, kept as well
 *     plans/<generation>        what `./cluster up` does to put that one in force
 *     .applied/                 what `./cluster` remembers of what it started
 */

/** What a bundle's folder holds before it is written again. */
export interface StoredBundle {
  /** Text of the environment file; empty where there is none. */
  readonly environment: string;
  /** PEM texts of the `pki` folder, by path. */
  readonly pki: ReadonlyMap<string, string>;
  /** Text of the ledger; `undefined` where there is none. */
  readonly ledger: string | undefined;
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

/** @throws OperationError when something stands in the place of the environment file or of a folder */
export async function readBundle(directory: string): Promise<StoredBundle> {
  await refuseWrongKinds(directory);
  const environment = (await readTextIfPresent(path.join(directory, ".env"))) ?? "";
  const pkiDirectory = path.join(directory, "pki");
  const names = (await filesBelow(pkiDirectory)).filter((name) => !isTemporary(name));
  const texts = await Promise.all(names.map(async (name) => [name, (await readIfPresent(path.join(pkiDirectory, name))) ?? ""] as const));
  return { environment, pki: new Map(texts), ledger: await readIfPresent(path.join(directory, LEDGER_FILE)) };
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

/** Passwords, keys and certificates that somebody else wrote meanwhile stay: what is to be written was made without them. */
async function refuseNews(directory: string, before: StoredBundle): Promise<void> {
  const now = await readBundle(directory);
  if (now.ledger !== before.ledger)
    throw new OperationError(`${path.join(directory, LEDGER_FILE)} changed while this command ran. Run it again.`);
  const names = [...new Set([...now.pki.keys(), ...before.pki.keys()])];
  const changed = now.environment === before.environment ? names.find((name) => now.pki.get(name) !== before.pki.get(name)) : ".env";
  if (changed === undefined) return;
  const file = path.join(directory, changed === ".env" ? changed : path.join("pki", changed));
  throw new OperationError(`${file} changed while this command ran. Run it again.`);
}

export interface WriteOptions {
  /** Overwrite rendered files that were changed by hand. */
  readonly force: boolean;
  /** What the bundle was made from, as `readBundle` gave it. */
  readonly before: StoredBundle;
}

/**
 * Writes a bundle, each step on the disk before the next: first everything under names that nobody reads, so that a full
 * disk leaves all as it was; then one rename after the other, `rendered/current` last of what counts. Killed at any moment,
 * the old generation or the new one is in force, and the next render completes the rest. Keys and credentials that exist
 * are not touched.
 * @throws OperationError when a managed file was changed by hand and `force` is off, when something of somebody else's is
 * in the way, when this user may not give files to the daemons, or when another process is writing or has written meanwhile
 */
export async function writeBundle(directory: string, bundle: Bundle, manifest: Manifest, options: WriteOptions): Promise<void> {
  await refuseWithoutPrivilege(bundle);
  await makeFolder(directory);
  await withLock(directory, async () => {
    const rendered = path.join(directory, RENDERED);
    await refuseNews(directory, options.before);
    await refuseForeignFiles(directory);
    if (!options.force) await refuseHandChanges(rendered);
    await removeLeftovers(directory);
    try {
      await replace(directory, bundle, manifest, options);
    } catch (error) {
      // Where this fails as well, the next render does it.
      await removeLeftovers(directory).catch(() => undefined);
      throw error;
    }
  });
}

async function replace(directory: string, bundle: Bundle, manifest: Manifest, { force }: WriteOptions): Promise<void> {
  const rendered = path.join(directory, RENDERED);
  const kept = await stageKept(directory, bundle);
  const generation = await stageGeneration(rendered, bundle.rendered, manifest);
  const plan = await stagePlan(directory, generation.name, bundle.change);
  for (const file of [...kept, ...plan]) await putInPlace(file);
  await putInForce(rendered, generation);
  for (const { file, target } of frontLinks(directory)) if ((await targetOf(file)) !== target) await replaceLink(target, file);
  await removeOthers(rendered, generation.name, { force });
  await removeOtherPlans(directory, generation.name);
}
