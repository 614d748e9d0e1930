import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder, which goes when the test that asked for it has ended. */
export async function temporaryFolder(parent = tmpdir()): Promise<string> {
  const folder = await mkdtemp(path.join(parent, "matriarch-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A folder that is a disk of its own, of so many KiB. Takes root; it goes like the other. */
export async function temporaryDisk(kib: number): Promise<string> {
  const folder = await temporaryFolder();
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kib}k`, "matriarch-test", folder]);
  onTestFinished(() => void execFileSync("umount", [folder]));
  return folder;
}

/** From now on nothing can be written there. */
export function makeReadOnly(disk: string): void {
  execFileSync("mount", ["-o", "remount,ro", disk]);
}
