import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const PNPM = join(ROOT, "scripts/pnpm");
const PUBLISHED = ["--filter", "./packages/*", "--filter", "@matriarch/compose-gen"];

/** Builds what is published and packs it as `pnpm publish` would. Returns the tarballs in the folder, sorted. */
export function packAll(folder: string): string[] {
  const run = (...args: string[]) => execFileSync(PNPM, args, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  run("build");
  run("--recursive", ...PUBLISHED, "pack", "--pack-destination", folder);
  return globSync(join(folder, "*.tgz")).toSorted();
}
