import type { Git } from "./git.ts";

/**
 * What goldens are compared with. `branch`: where this branch left the main one, so that the branch brings its own
 * changesets. `release`: on the main branch, the commit that last wrote a changelog; whatever changed since must be among
 * the changesets that wait for the next. `beginning`: nothing was released yet.
 */
export interface Base {
  readonly kind: "branch" | "release" | "beginning";
  /** A commit, or the empty tree. */
  readonly tree: string;
}

/** The tree without a file, in every repository that counts in SHA-1. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/**
 * Finds the base of what is checked out; in a shallow clone the oldest commit that is there stands for what is missing.
 * @param main name of the main branch; its copy at `origin` counts as well, whichever is newer
 */
export function findBase(git: Git, main: string): Base {
  const head = git("rev-parse", "HEAD");
  const refs = [`refs/heads/${main}`, `refs/remotes/origin/${main}`].filter((ref) => git("rev-parse", "--verify", "--quiet", ref) !== null);
  const fork = refs.length === 0 ? null : git("merge-base", "HEAD", ...refs);
  if (fork !== null && fork !== head) return { kind: "branch", tree: fork };
  const release = git("log", "-1", "--format=%H", "--", ":(glob)**/CHANGELOG.md");
  return release === null || release === "" ? { kind: "beginning", tree: EMPTY_TREE } : { kind: "release", tree: release };
}
