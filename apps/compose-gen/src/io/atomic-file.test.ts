import { chmod, mkdir, readFile, readdir, readlink, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../testing/folder.ts";
import {
  type FileToWrite,
  createFile,
  isTemporary,
  makeFolder,
  putInPlace,
  readIfPresent,
  replaceLink,
  stageNew,
  stageReplacement,
  temporaryName,
} from "./atomic-file.ts";

function fileAt(folder: string, content: string, mode = 0o600) {
  return { path: path.join(folder, "sub/file"), content, mode, owner: null };
}

async function permissions(file: string): Promise<string> {
  return ((await stat(file)).mode & 0o777).toString(8);
}

describe("createFile", () => {
  test("writes a new file with exactly these permissions, and the folders above it", async () => {
    const folder = await temporaryFolder();
    await createFile(fileAt(folder, "key", 0o622));
    expect(await readFile(path.join(folder, "sub/file"), "utf8")).toBe("key");
    expect(await permissions(path.join(folder, "sub/file"))).toBe("622");
  });

  test("never overwrites a file, and leaves nothing else behind when it refuses", async () => {
    const folder = await temporaryFolder();
    await createFile(fileAt(folder, "first"));
    await expect(createFile(fileAt(folder, "second"))).rejects.toMatchObject({ code: "EEXIST" });
    expect(await readFile(path.join(folder, "sub/file"), "utf8")).toBe("first");
    expect(await readdir(path.join(folder, "sub"))).toEqual(["file"]);
  });

  test("never follows a link that somebody put in the way", async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, "sub"));
    await symlink(path.join(folder, "elsewhere"), path.join(folder, "sub/file"));
    await expect(createFile(fileAt(folder, "key"))).rejects.toMatchObject({ code: "EEXIST" });
    expect(await readdir(folder)).toEqual(["sub"]);
  });

  test("of two at the same time one wins, whole", async () => {
    const folder = await temporaryFolder();
    const texts = Array.from({ length: 8 }, (_, index) => `${index}`.repeat(10_000));
    const results = await Promise.allSettled(texts.map((text) => createFile(fileAt(folder, text))));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(texts).toContain(await readFile(path.join(folder, "sub/file"), "utf8"));
  });
});

async function replaceFile(file: FileToWrite): Promise<void> {
  const staged = await stageReplacement(file);
  if (staged !== undefined) await putInPlace(staged);
}

describe("a file that replaces another", () => {
  test("is whole beside it before one step puts it in its place: whoever has the old one open reads it to its end", async () => {
    const folder = await temporaryFolder();
    await replaceFile(fileAt(folder, "old"));
    const file = path.join(folder, "sub/file");
    const before = await stat(file);
    const staged = await stageReplacement(fileAt(folder, "new", 0o444));
    expect(await readFile(file, "utf8")).toBe("old");
    expect(await readFile(staged?.temporary ?? "", "utf8")).toBe("new");
    await putInPlace(staged!);
    expect((await stat(file)).ino).not.toBe(before.ino);
    expect(await readFile(file, "utf8")).toBe("new");
    expect(await permissions(file)).toBe("444");
    expect(await readdir(path.join(folder, "sub"))).toEqual(["file"]);
  });

  test("is not written where it is the same, and has its permissions mended", async () => {
    const folder = await temporaryFolder();
    await replaceFile(fileAt(folder, "same"));
    const file = path.join(folder, "sub/file");
    const before = await stat(file);
    await chmod(file, 0o666);
    await replaceFile(fileAt(folder, "same"));
    const after = await stat(file);
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(await permissions(file)).toBe("600");
  });

  test("leaves nothing behind when it cannot be written", async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, "sub"));
    const late = {
      ...fileAt(folder, "new"),
      get mode(): number {
        throw new Error("late");
      },
    };
    await expect(stageReplacement(late)).rejects.toThrow("late");
    expect(await readdir(path.join(folder, "sub"))).toEqual([]);
  });
});

test("stageNew refuses at once where there is a file already", async () => {
  const folder = await temporaryFolder();
  await createFile(fileAt(folder, "first"));
  await expect(stageNew(fileAt(folder, "second"))).rejects.toThrow("sub/file is there, and is never overwritten.");
  expect(await readdir(path.join(folder, "sub"))).toEqual(["file"]);
});

test("a file that appeared meanwhile is not overwritten when a new one is put in its place", async () => {
  const folder = await temporaryFolder();
  const staged = await stageNew(fileAt(folder, "ours"));
  await writeFile(staged.path, "theirs");
  await expect(putInPlace(staged)).rejects.toMatchObject({ code: "EEXIST" });
  expect(await readFile(staged.path, "utf8")).toBe("theirs");
});

test("makeFolder says which part of the path is a file", async () => {
  const folder = await temporaryFolder();
  await makeFolder(path.join(folder, "a/b"));
  await writeFile(path.join(folder, "a/b/c"), "");
  await expect(makeFolder(path.join(folder, "a/b/c"))).rejects.toThrow("a/b/c is not a folder. Move it away");
});

test("a temporary name is told from every name that a person gives", () => {
  expect(isTemporary(temporaryName("x/.env"))).toBe(true);
  for (const name of ["x.tmp", ".env.tmp", "key.matriarch.tmp", "notes.matriarch-1.tmp", `${temporaryName("x")}.mine`]) {
    expect(isTemporary(name), name).toBe(false);
  }
});

test("replaceLink points a link elsewhere in one step", async () => {
  const folder = await temporaryFolder();
  const link = path.join(folder, "current");
  await replaceLink("first", link);
  await replaceLink("second", link);
  expect(await readlink(link)).toBe("second");
  expect(await readdir(folder)).toEqual(["current"]);
});

test("readIfPresent tells a missing file from one that cannot be read", async () => {
  const folder = await temporaryFolder();
  expect(await readIfPresent(path.join(folder, "missing"))).toBeUndefined();
  await expect(readIfPresent(folder)).rejects.toMatchObject({ code: "EISDIR" });
});
