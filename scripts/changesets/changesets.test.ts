import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { findBase } from "./base.ts";
import { gitIn } from "./git.ts";
import { readAnnounced, readChanges, readPackages } from "./read.ts";
import { findUnannounced } from "./unannounced.ts";

const GOLDEN = "packages/etcd-config/fixtures/minimal/etcd.yaml";
const CHANGESET = '---\n"@matriarch/etcd-config": minor\n---\n\nAnother default.\n';
// Nothing else of the environment: in a hook of git it would name the repository that the hook runs for.
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.org",
};

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "matriarch-changesets-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A repository with two packages and a golden, on its main branch. */
function repository() {
  const folder = temporaryFolder();
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { env: ENVIRONMENT, stdio: "pipe" });
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  const commit = (...files: [file: string, content: string][]) => {
    for (const [file, content] of files) write(file, content);
    git("add", "--all");
    git("commit", "--quiet", "--message", "change");
  };
  git("init", "--quiet", "--initial-branch=main");
  commit(
    ["packages/etcd-config/package.json", '{ "name": "@matriarch/etcd-config" }'],
    ["apps/compose-gen/package.json", '{ "name": "@matriarch/compose-gen" }'],
    [".changeset/README.md", "# Changesets"],
    [GOLDEN, "first"],
  );
  return { folder, git, write, commit };
}

/** A repository whose golden was released. */
function releasedRepository() {
  const made = repository();
  made.commit(["packages/etcd-config/CHANGELOG.md", "# 0.1.0"]);
  return made;
}

/** Packages whose goldens changed without a word. */
function judge(folder: string): string[] {
  const git = gitIn(folder);
  const base = findBase(git, "main");
  const changes = readChanges(git, base);
  const packages = readPackages(folder);
  return findUnannounced(packages, changes, readAnnounced(folder, base, changes, packages)).map(({ name }) => name);
}

const SILENT = ["@matriarch/etcd-config"];

describe("on the main branch", () => {
  test("goldens from before the first release need a changeset that names their package", () => {
    const { folder, commit } = repository();
    expect(judge(folder)).toEqual(SILENT);
    commit([".changeset/other.md", CHANGESET.replace("etcd-config", "compose-gen")]);
    expect(judge(folder)).toEqual(SILENT);
    commit([".changeset/first.md", CHANGESET]);
    expect(judge(folder)).toEqual([]);
  });

  test("goldens as they were released need none", () => {
    expect(judge(releasedRepository().folder)).toEqual([]);
  });

  test("goldens that changed since the release need one that waits, committed or not", () => {
    const { folder, commit, write } = releasedRepository();
    write(GOLDEN, "second");
    expect(judge(folder)).toEqual(SILENT);
    commit();
    expect(judge(folder)).toEqual(SILENT);
    write(".changeset/second.md", CHANGESET);
    expect(judge(folder)).toEqual([]);
  });

  test.each([
    ["a new golden", (folder: string) => writeFileSync(join(folder, dirname(GOLDEN), "new file"), "")],
    ["a golden that is gone", (folder: string) => rmSync(join(folder, GOLDEN))],
  ])("%s counts as changed", (_, change) => {
    const { folder } = releasedRepository();
    change(folder);
    expect(judge(folder)).toEqual(SILENT);
  });

  test("other files need none", () => {
    const { folder, commit } = releasedRepository();
    commit(["packages/etcd-config/src/index.ts", ""], ["examples/fixtures/a", ""], ["packages/etcd-config/fixtures.md", ""]);
    expect(judge(folder)).toEqual([]);
  });
});

describe("on a branch", () => {
  test("a changeset that waits on the main branch does not speak for the branch's own changes", () => {
    const { folder, git, commit } = releasedRepository();
    commit([GOLDEN, "second"], [".changeset/second.md", CHANGESET]);
    git("switch", "--quiet", "--create", "topic");
    commit([GOLDEN, "third"]);
    expect(judge(folder)).toEqual(SILENT);
    commit([".changeset/third.md", CHANGESET]);
    expect(judge(folder)).toEqual([]);
  });

  test("changes of the main branch are not the branch's, before and after a merge", () => {
    const { folder, git, commit } = releasedRepository();
    git("switch", "--quiet", "--create", "topic");
    commit(["README.md", "topic"]);
    git("switch", "--quiet", "main");
    commit([GOLDEN, "second"], [".changeset/second.md", CHANGESET]);
    git("switch", "--quiet", "topic");
    expect(judge(folder)).toEqual([]);
    git("merge", "--quiet", "--no-edit", "main");
    expect(judge(folder)).toEqual([]);
  });

  test("a changeset that became a changelog has said what it had to say", () => {
    const { folder, git, commit } = releasedRepository();
    git("switch", "--quiet", "--create", "release");
    commit([GOLDEN, "second"], ["packages/etcd-config/CHANGELOG.md", "# 0.2.0"]);
    expect(judge(folder)).toEqual([]);
  });
});

describe("a clone", () => {
  const clone = (source: string, ...options: string[]) => {
    const folder = temporaryFolder();
    execFileSync("git", ["clone", "--quiet", ...options, `file://${source}`, folder], { stdio: "pipe" });
    return folder;
  };

  test("of a branch finds the main branch at its origin", () => {
    const { folder, git, commit } = releasedRepository();
    git("switch", "--quiet", "--create", "topic");
    commit([GOLDEN, "second"]);
    expect(judge(clone(folder, "--branch=topic"))).toEqual(SILENT);
  });

  test.each([["full"], ["shallow", "--depth=1"]])(
    "that is %s holds what waits on the main branch, and finds it announced",
    (...[, ...options]) => {
      const { folder, commit } = releasedRepository();
      commit([GOLDEN, "second"], [".changeset/second.md", CHANGESET]);
      const cloned = clone(folder, ...options);
      expect(judge(cloned)).toEqual([]);
      rmSync(join(cloned, ".changeset/second.md"));
      writeFileSync(join(cloned, GOLDEN), "third");
      expect(judge(cloned)).toEqual(SILENT);
    },
  );

  test("that is shallow and knows no main branch takes its oldest commit for the base", () => {
    const { folder, git, commit } = releasedRepository();
    git("switch", "--quiet", "--create", "topic");
    commit([GOLDEN, "second"]);
    const cloned = clone(folder, "--depth=1", "--branch=topic", "--single-branch");
    expect(judge(cloned)).toEqual([]);
    writeFileSync(join(cloned, GOLDEN), "third");
    expect(judge(cloned)).toEqual(SILENT);
  });
});
