import { createHash } from "node:crypto";
import type { Files } from "./mutant.ts";

/** Where the manifest stands among the rendered files. */
export const MANIFEST = "manifest.json";

/** Whether a path is that of a rendered file: what holds keys and secrets is no part of the manifest. */
export function isRendered(path: string): boolean {
  return !path.startsWith("pki/") && !path.startsWith("secrets/");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The rendered files with a manifest that matches them, and the name of the folder that holds these very bytes. */
export function sealed(files: Files): { readonly files: Files; readonly generation: string } {
  const manifest = JSON.parse(files.get(MANIFEST) ?? "{}") as { files: Record<string, string> };
  const hashes = Object.keys(manifest.files).map((path) => [path, sha256(files.get(path) ?? "")] as const);
  const text = `${JSON.stringify({ ...manifest, files: Object.fromEntries(hashes) }, null, 2)}\n`;
  return { files: new Map([...files, [MANIFEST, text]]), generation: sha256(text).slice(0, 16) };
}
