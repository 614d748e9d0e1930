import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseChangesetFile } from "@changesets/parse";
import type { Base } from "./base.ts";
import type { Git } from "./git.ts";
import type { Package } from "./unannounced.ts";

/** Files that differ between the base and the folder as it is, new ones included. */
export function readChanges(git: Git, base: Base): string[] {
  const listed = [git("diff", "--name-only", "--no-renames", "-z", base.tree), git("ls-files", "--others", "--exclude-standard", "-z")];
  if (listed.includes(null)) throw new Error(`git cannot compare with ${base.tree}`);
  return listed.flatMap((text) => (text ?? "").split("\0")).filter((file) => file !== "");
}

/** Names of the packages that a changeset announces: one that waits, or that became a changelog since the base. */
export function readAnnounced(folder: string, base: Base, changes: readonly string[], packages: readonly Package[]): string[] {
  const waiting = globSync(".changeset/*.md", { cwd: folder })
    .filter((file) => basename(file) !== "README.md")
    // What waits on the main branch already is about the changes of others.
    .filter((file) => base.kind !== "branch" || changes.includes(file));
  const named = waiting.flatMap((file) => parseChangesetFile(readFileSync(join(folder, file), "utf8")).releases.map(({ name }) => name));
  const released = packages.filter((candidate) => changes.includes(`${candidate.folder}/CHANGELOG.md`)).map(({ name }) => name);
  return [...named, ...released];
}

export function readPackages(folder: string): Package[] {
  return globSync("{packages,apps}/*", { cwd: folder })
    .filter((workspace) => existsSync(join(folder, workspace, "package.json")))
    .toSorted()
    .map((workspace) => {
      const { name } = JSON.parse(readFileSync(join(folder, workspace, "package.json"), "utf8")) as { readonly name: string };
      return { folder: workspace, name };
    });
}
