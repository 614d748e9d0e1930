import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { exampleText } from "@matriarch/topology/testing";
import { readBefore } from "../change/before.ts";
import { readBundle, writeBundle } from "../io/bundle-store.ts";
import { generatePassword } from "../io/password.ts";
import { readStoredGeneration } from "../io/stored-generation.ts";
import { signer } from "../io/signer.ts";
import { manifestOf } from "../manifest.ts";
import { makeBundle, readTopology } from "../pipeline.ts";
import { version } from "../version.ts";
import { temporaryFolder } from "./folder.ts";

/**
 * What `render` does. Daemons' files are given to their users where the test may do that, which only root may.
 * @param now milliseconds since 1970, from when its certificates are
 */
export async function renderInto(out: string, topology: string, now = Date.now()): Promise<void> {
  const before = await readBundle(out);
  const environment = { text: before.environment, file: path.join(out, ".env") };
  const generation = readBefore(await readStoredGeneration(out));
  const read = readTopology({ text: await readFile(topology, "utf8"), file: topology }, environment, "fill", generation.ledger);
  const { bundle } = makeBundle(read, {
    environment,
    pki: before.pki,
    before: generation,
    renewal: "none",
    now,
    signer,
    generatePassword,
    version,
  });
  if (bundle === undefined || read.topology === undefined) throw new Error("the topology has errors");
  const isRoot = process.getuid?.() === 0;
  const given = <File extends { readonly owner: number | null }>(file: File) => (isRoot ? file : { ...file, owner: null });
  const files = { ...bundle, secrets: bundle.secrets.map(given), pki: bundle.pki.map(given) };
  await writeBundle(out, files, manifestOf(bundle.rendered, read.topology.scope, version), { force: false, before });
}

/** A topology and its bundle in a folder that goes with the test. */
export async function writtenBundle(now = Date.now()): Promise<{ readonly topology: string; readonly out: string }> {
  const folder = await temporaryFolder();
  const topology = path.join(folder, "topology.yaml");
  const out = path.join(folder, "bundle");
  await writeFile(topology, exampleText("minimal"));
  await renderInto(out, topology, now);
  return { topology, out };
}

/** Replaces a text in a file, which must be there. */
export async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const before = await readFile(file, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} does not hold ${from}`);
  await writeFile(file, after);
}
