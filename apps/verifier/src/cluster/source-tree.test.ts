import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { readGeneration, readSourceTree } from "./source-tree.ts";

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "matriarch-sources-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const PERSON = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org"];

async function repository() {
  const folder = await temporaryFolder();
  const git = async (...words: string[]) => (await execa("git", [...PERSON, ...words], { cwd: folder })).stdout;
  const write = (file: string, text: string) => writeFile(path.join(folder, file), text);
  await git("init", "--quiet");
  await write(".gitignore", "ignored\n");
  await write("a.ts", "one");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "first");
  return { folder, git, write };
}

test("a clean tree is its commit's, what git ignores has no part in it", async () => {
  const { folder, git, write } = await repository();
  await write("ignored", "a report");
  const [commit, tree] = [await git("rev-parse", "HEAD"), await git("rev-parse", "HEAD^{tree}")];
  expect(await readSourceTree(folder)).toEqual({ commit, tree, changed: false });
});

test("what is not committed is another tree: edited, new, or staged; undone it is the same again", async () => {
  const { folder, git, write } = await repository();
  const clean = await readSourceTree(folder);
  await write("a.ts", "two");
  const edited = await readSourceTree(folder);
  await write("b.ts", "new");
  const added = await readSourceTree(folder);
  await git("add", "--all");
  expect(await readSourceTree(folder)).toEqual(added);
  expect([edited.changed, added.changed, new Set([clean.tree, edited.tree, added.tree]).size]).toEqual([true, true, 3]);
  await git("rm", "--quiet", "--force", "b.ts");
  await write("a.ts", "one");
  expect(await readSourceTree(folder)).toEqual(clean);
});

test("reading the tree changes nothing in the repository: not its index, not its objects", async () => {
  const { folder, git, write } = await repository();
  await write("b.ts", "new");
  const before = [await git("status", "--porcelain"), await git("count-objects")];
  await readSourceTree(path.join(folder));
  expect([await git("status", "--porcelain"), await git("count-objects")]).toEqual(before);
});

test("a folder below the top tells of the whole repository", async () => {
  const { folder } = await repository();
  mkdirSync(path.join(folder, "apps"));
  expect(await readSourceTree(path.join(folder, "apps"))).toEqual(await readSourceTree(folder));
});

test("outside a repository nothing is known, and nothing throws", async () => {
  expect(await readSourceTree(await temporaryFolder())).toEqual({ commit: null, tree: null, changed: false });
});

test("the generation is the folder that is in force", async () => {
  const bundle = await temporaryFolder();
  mkdirSync(path.join(bundle, "rendered"));
  await symlink("9002a7efb17ca3a3", path.join(bundle, "rendered/current"));
  expect(await readGeneration(bundle)).toBe("9002a7efb17ca3a3");
});
