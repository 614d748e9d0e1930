import { createHash } from "node:crypto";
import { lstat, readFile, readdir, readlink } from "node:fs/promises";
import path from "node:path";

/** What a bundle's folder holds, read without Matriarch's own code. */
export interface BundleOnDisk {
  /** Name of the generation in force; `null` before the first. */
  readonly generation: string | null;
  /** Rendered files in force that are not as the manifest says. */
  readonly broken: readonly string[];
  /** Texts of `.env` and of everything in `pki` and `secrets`, by path; temporary files left out. */
  readonly kept: ReadonlyMap<string, string>;
  /** Whatever only a process that was killed leaves. */
  readonly leftovers: readonly string[];
  readonly isLocked: boolean;
  /** Links at the top that lead to a file. */
  readonly links: readonly string[];
}

const isLeftover = (file: string): boolean => file.endsWith(".tmp") || /\.tmp\//.test(file) || file === ".matriarch.lock";

async function brokenIn(generation: string): Promise<string[]> {
  const { files } = JSON.parse(await readFile(path.join(generation, "manifest.json"), "utf8")) as { files: Record<string, string> };
  const checks = Object.entries(files).map(async ([file, hash]) => {
    const content = await readFile(path.join(generation, file)).catch(() => "");
    return createHash("sha256").update(content).digest("hex") === hash ? [] : [file];
  });
  return (await Promise.all(checks)).flat();
}

/** Reads a bundle's folder. */
export async function readDisk(out: string): Promise<BundleOnDisk> {
  const generation = await readlink(path.join(out, "rendered/current")).catch(() => null);
  const names = (await readdir(out, { recursive: true })).toSorted();
  const files: string[] = [];
  const links: string[] = [];
  for (const name of names) {
    const found = await lstat(path.join(out, name));
    if (found.isFile()) files.push(name);
    if (found.isSymbolicLink() && !name.includes("/") && (await readFile(path.join(out, name)).catch(() => null)) !== null)
      links.push(name);
  }
  const kept = files.filter((file) => !isLeftover(file) && /^(?:\.env$|pki\/|secrets\/)/.test(file));
  const texts = kept.map(async (file) => [file, await readFile(path.join(out, file), "utf8")] as const);
  return {
    generation,
    broken: generation === null ? [] : await brokenIn(path.join(out, "rendered", generation)),
    kept: new Map(await Promise.all(texts)),
    leftovers: names.filter(isLeftover),
    isLocked: names.includes(".matriarch.lock"),
    links,
  };
}
