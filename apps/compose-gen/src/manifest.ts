import { createHash } from "node:crypto";
import { byPath, type RenderedFile } from "@matriarch/topology";
import type { Manifest } from "./bundle.ts";

export const MANIFEST = "manifest.json";

function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The manifest of rendered files: sorted by path, so that it has the same bytes for the same files. */
export function manifestOf(files: readonly RenderedFile[], scope: string, version: string): Manifest {
  const sorted = [...files].toSorted(byPath);
  return { matriarch: version, scope, files: Object.fromEntries(sorted.map(({ path, content }) => [path, sha256(content)])) };
}

export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Name of the folder that holds these very bytes. */
export function generationOf(manifest: Manifest): string {
  return sha256(formatManifest(manifest)).slice(0, 16);
}

/** Paths whose content is not what the manifest says; `read` gives the content, or `undefined` where there is no file. */
export function changedByHand(manifest: Manifest, contents: ReadonlyMap<string, string | undefined>): string[] {
  return Object.entries(manifest.files)
    .filter(([file, hash]) => {
      const content = contents.get(file);
      return content === undefined || sha256(content) !== hash;
    })
    .map(([file]) => file);
}
