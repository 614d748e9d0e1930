import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { holdCluster } from "./one-verifier.ts";

async function bundle(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "matriarch-bundle-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("a second verifier is refused with the number of the first; let go of, the cluster can be taken again", async () => {
  const folder = await bundle();
  const release = await holdCluster(folder);
  await expect(holdCluster(folder)).rejects.toThrow(`another verifier uses this cluster, process ${process.pid}`);
  await release();
  await (
    await holdCluster(folder)
  )();
  expect(await readdir(folder)).toEqual([]);
});

test("what a killed verifier left is taken over: also where its number is another program's now", async () => {
  const folder = await bundle();
  await (
    await holdCluster(folder)
  )();
  for (const left of ["999999999 5\n", `${process.pid} 1\n`, ""]) {
    await writeFile(path.join(folder, ".verifier.lock"), left);
    const release = await holdCluster(folder);
    expect(await readFile(path.join(folder, ".verifier.lock"), "utf8")).toMatch(new RegExp(`^${process.pid} \\d+\n$`));
    await release();
  }
});
