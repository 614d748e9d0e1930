import { spawnSync } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/folder.ts";
import { withLock } from "./lock.ts";

test("the lock is there while the work runs and gone afterwards, whatever came of it", async () => {
  const folder = await temporaryFolder();
  expect(await withLock(folder, () => readdir(folder))).toEqual([".lock"]);
  expect(await readdir(folder)).toEqual([]);
  await expect(withLock(folder, () => Promise.reject(new Error("broke")))).rejects.toThrow("broke");
  expect(await readdir(folder)).toEqual([]);
});

test("who comes second is told who holds the lock, and does not do the work", async () => {
  const folder = await temporaryFolder();
  let done = 0;
  await withLock(folder, async () => {
    await expect(withLock(folder, () => Promise.resolve((done += 1)))).rejects.toThrow(
      `${folder} is being written by process ${process.pid}`,
    );
  });
  expect(done).toBe(0);
  await withLock(folder, () => Promise.resolve((done += 1)));
  expect(done).toBe(1);
});

test.for(["of a process that was killed", "cut off", "empty"])("a lock file %s is taken over", async (state) => {
  const folder = await temporaryFolder();
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const content = { "of a process that was killed": `${pid}\n`, "cut off": "-", empty: "" }[state] ?? "";
  await writeFile(path.join(folder, ".lock"), content);
  expect(await withLock(folder, () => Promise.resolve("done"))).toBe("done");
  expect(await readdir(folder)).toEqual([]);
});
