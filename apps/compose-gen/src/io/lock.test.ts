import { spawnSync } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/folder.ts";
import { temporaryName } from "./atomic-file.ts";
import { LOCK, withLock } from "./lock.ts";
import { type ProcessIdentity, ownIdentity } from "./process-identity.ts";

test("the lock is there while the work runs and gone afterwards, whatever came of it", async () => {
  const folder = await temporaryFolder();
  expect(await withLock(folder, () => readdir(folder))).toEqual([LOCK]);
  expect(await readdir(folder)).toEqual([]);
  await expect(withLock(folder, () => Promise.reject(new Error("broke")))).rejects.toThrow("broke");
  expect(await readdir(folder)).toEqual([]);
});

test("who comes second is told who holds the lock, where, and what to do, and does not do the work", async () => {
  const folder = await temporaryFolder();
  let done = 0;
  await withLock(folder, async () => {
    await expect(withLock(folder, () => Promise.resolve((done += 1)))).rejects.toThrow(
      `${folder} is being written by process ${process.pid} (lock: ${path.join(folder, LOCK)}). Wait until it ends, then run the command again.`,
    );
  });
  expect(done).toBe(0);
  await withLock(folder, () => Promise.resolve((done += 1)));
  expect(done).toBe(1);
});

/** A lock of another process, which differs from this one so. */
async function lockOf(folder: string, changes: Partial<ProcessIdentity>): Promise<void> {
  await writeFile(path.join(folder, LOCK), `${JSON.stringify({ ...(await ownIdentity()), ...changes })}\n`);
}

test.for<[string, () => Partial<ProcessIdentity>]>([
  ["that was killed", () => ({ pid: spawnSync(process.execPath, ["--version"]).pid })],
  ["whose number another one has now", () => ({ started: "1" })],
  ["that a crash of the machine ended", () => ({ boot: "another boot" })],
])("the lock of a process %s is taken over", async ([, changes]) => {
  const folder = await temporaryFolder();
  await lockOf(folder, changes());
  expect(await withLock(folder, () => Promise.resolve("done"))).toBe("done");
  expect(await readdir(folder)).toEqual([]);
});

test.for(["-", ""])("a lock that no process wrote is taken over (%j)", async (content) => {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, LOCK), content);
  expect(await withLock(folder, () => Promise.resolve("done"))).toBe("done");
  expect(await readdir(folder)).toEqual([]);
});

test.for<[string, Partial<ProcessIdentity>]>([
  ["on another machine", { host: "other", pid: 7 }],
  ["in another container", { namespace: "pid:[1]", pid: 7 }],
])("of a process %s nobody here can tell whether it runs: the message says what to do", async ([, changes]) => {
  const folder = await temporaryFolder();
  await lockOf(folder, changes);
  const before = await readFile(path.join(folder, LOCK), "utf8");
  await expect(withLock(folder, () => Promise.resolve())).rejects.toThrow(
    /is being written by process 7 of \S+, another machine or container\. Wait until it ends; if it runs no more, remove \S+\.lock\./,
  );
  expect(await readFile(path.join(folder, LOCK), "utf8")).toBe(before);
});

test("of many that find the lock of a killed process at the same time, never two work at once", async () => {
  const folder = await temporaryFolder();
  await lockOf(folder, { started: "1" });
  let [inside, most, done] = [0, 0, 0];
  const work = async () => {
    most = Math.max(most, (inside += 1));
    await writeFile(path.join(folder, temporaryName("work")), "");
    inside -= 1;
    done += 1;
  };
  await Promise.allSettled(Array.from({ length: 30 }, () => withLock(folder, work)));
  expect(most).toBe(1);
  expect(done).toBeGreaterThan(0);
  expect(await readdir(folder)).not.toContain(LOCK);
});
