// Holds that whoever changes what is rendered says so: goldens that differ from the last release, or from where the branch
// left the main one, need a changeset that names their package.
import { fileURLToPath } from "node:url";
import config from "../.changeset/config.json" with { type: "json" };
import { findBase } from "./changesets/base.ts";
import { gitIn } from "./changesets/git.ts";
import { readAnnounced, readChanges, readPackages } from "./changesets/read.ts";
import { findUnannounced } from "./changesets/unannounced.ts";

const WORDS = {
  branch: `where this branch left ${config.baseBranch}`,
  release: "the last release",
  beginning: "nothing: there was no release yet",
};

const root = fileURLToPath(new URL("..", import.meta.url));
const git = gitIn(root);

if (git("rev-parse", "HEAD") === null) {
  console.log("No git repository here: there is nothing to compare the goldens with.");
} else {
  const base = findBase(git, config.baseBranch);
  const changes = readChanges(git, base);
  const packages = readPackages(root);
  const unannounced = findUnannounced(packages, changes, readAnnounced(root, base, changes, packages));

  for (const { folder, name, goldens } of unannounced) {
    console.error(`${folder}/fixtures: ${goldens.length} files changed, such as ${goldens[0]}, and no changeset names ${name}.`);
  }
  console.log(`Compared with ${WORDS[base.kind]} (${base.tree.slice(0, 12)}): ${unannounced.length} packages without a changeset`);
  if (unannounced.length > 0) {
    console.error("Say what their users will see: pnpm changeset");
    process.exitCode = 1;
  }
}
