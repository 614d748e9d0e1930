import { copyFile, mkdtemp, readlink, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";

/** The sources that a program runs from, as git tells them; `null` each where it does not. */
export interface SourceTree {
  readonly commit: string | null;
  /** Hash of what is there, committed or not. Two trees of the same hash have the same files. */
  readonly tree: string | null;
  /** Whether it is another tree than the commit's. */
  readonly changed: boolean;
}

const UNKNOWN: SourceTree = { commit: null, tree: null, changed: false };

/** Runs git and gives what it printed. Throws when it fails. `env` is added to the program's own. */
type Git = (words: readonly string[], env?: Readonly<Record<string, string>>) => Promise<string>;

function gitIn(folder: string): Git {
  return async (words, env = {}) => {
    // The sources may be somebody else's than root's: git would refuse to read them.
    const safe = ["-c", "safe.directory=*", "-c", "core.fsmonitor=false"];
    const { stdout } = await execa("git", [...safe, "-C", folder, ...words], { env, stdin: "ignore", timeout: 60_000 });
    return stdout.trim();
  };
}

/** Writes the tree into a folder of its own, by a copy of the index: the repository does not change. */
async function treeOf(git: Git, scratch: string): Promise<string> {
  const index = path.join(scratch, "index");
  const objects = await git(["rev-parse", "--path-format=absolute", "--git-path", "objects"]);
  const original = await git(["rev-parse", "--path-format=absolute", "--git-path", "index"]);
  await copyFile(original, index);
  // A file as old as the index is read again, for it may have changed within that second: a younger copy would hide that.
  const { atime, mtime } = await stat(original);
  await utimes(index, atime, mtime);
  const env = { GIT_INDEX_FILE: index, GIT_OBJECT_DIRECTORY: scratch, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
  await git(["add", "--all"], env);
  return git(["write-tree"], env);
}

/** The sources in a folder's repository as they are now. Never throws: without git, or outside a repository, all is unknown. */
export async function readSourceTree(folder: string): Promise<SourceTree> {
  const scratch = await mkdtemp(path.join(tmpdir(), "matriarch-tree-"));
  try {
    const top = await gitIn(folder)(["rev-parse", "--show-toplevel"]);
    const git = gitIn(top);
    const commit = await git(["rev-parse", "HEAD"]);
    const committed = await git(["rev-parse", "HEAD^{tree}"]);
    const tree = await treeOf(git, scratch);
    return { commit, tree, changed: tree !== committed };
  } catch {
    return UNKNOWN;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The generation of a bundle that is in force: the name of its folder of rendered files. */
export async function readGeneration(bundle: string): Promise<string> {
  return path.basename(await readlink(path.join(bundle, "rendered/current")));
}
