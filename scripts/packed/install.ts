import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packAll } from "./pack.ts";

/** Enough for a registry that is far away, and an end for one that does not answer. */
const TIMEOUT_MS = 240_000;

const QUIET = ["--prefer-offline", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];

/** A new project in which every package and compose-gen is installed from its tarball, with npm, as a user would. */
export function installPacked(folder: string): string {
  const tarballs = join(folder, "tarballs");
  const project = join(folder, "project");
  for (const created of [tarballs, project]) mkdirSync(created);
  writeFileSync(join(project, "package.json"), `${JSON.stringify({ name: "newcomer", private: true, type: "module" })}\n`);
  execFileSync("npm", ["install", ...QUIET, ...packAll(tarballs)], {
    cwd: project,
    stdio: ["ignore", "ignore", "inherit"],
    timeout: TIMEOUT_MS,
  });
  return project;
}
