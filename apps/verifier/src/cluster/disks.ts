import path from "node:path";
import { ask, attempt, change, lacksPrograms, type Machine } from "./machine.ts";

/**
 * A folder of data that can be put on a small disk of its own: a file with a file system in it, which lies beside the folder
 * and is mounted over it. The folder below keeps what it had, until the data as it is then is moved back.
 */
export interface Disk extends Machine {
  readonly folder: string;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** Metadata and journal of the file system. */
const OVERHEAD = { factor: 1.1, bytes: 32 * 2 ** 20 } as const;

const beside = (folder: string, name: string) => path.join(path.dirname(folder), name);
/** Has all the data as soon as it has this name. */
const imageOf = ({ folder }: Disk) => beside(folder, "small-disk");
const unfinishedOf = ({ folder }: Disk) => beside(folder, "small-disk.unfinished");
const stagingOf = ({ folder }: Disk) => beside(folder, "small-disk.mounted");
const fillingOf = ({ folder }: Disk) => path.join(folder, "filling");

const exists = async (file: string) => (await ask("test", "-e", file)).exitCode === 0;
const isMounted = async (folder: string) => (await ask("mountpoint", "-q", folder)).exitCode === 0;

/** Why this machine cannot mount a file; `null` when it can. */
export async function lacksDisks(): Promise<string | null> {
  const missing = await lacksPrograms(["mkfs.ext4", "losetup", "mount", "truncate", "dd"]);
  if (missing !== null) return missing;
  return (await ask("losetup", "--find")).exitCode === 0 ? null : "the kernel has no loop devices";
}

async function mounted(disk: Disk, image: string, act: (staging: string) => Promise<void>): Promise<void> {
  const staging = stagingOf(disk);
  await change(disk, "mkdir", "-p", staging);
  await change(disk, "mount", "-o", "loop", image, staging);
  try {
    await act(staging);
  } finally {
    await change(disk, "umount", staging);
    await change(disk, "rmdir", staging);
  }
}

/** Puts the data on a disk with so many bytes left. */
export async function moveToSmallDisk(disk: Disk, spare: number): Promise<void> {
  const { folder } = disk;
  const unfinished = unfinishedOf(disk);
  await leaveSmallDisk(disk);
  await disk.stop();
  const used = Number((await ask("du", "--summarize", "--block-size=1", folder)).stdout.split("\t")[0]);
  const size = Math.ceil(used * OVERHEAD.factor) + OVERHEAD.bytes + spare;
  await change(disk, "truncate", "--size", String(size), unfinished);
  // No blocks are kept back for root: full is full.
  await change(disk, "mkfs.ext4", "-q", "-m", "0", unfinished);
  await mounted(disk, unfinished, async (staging) => {
    await change(disk, "rmdir", path.join(staging, "lost+found"));
    await change(disk, "cp", "--archive", `${folder}/.`, staging);
  });
  await change(disk, "mv", unfinished, imageOf(disk));
  await change(disk, "mount", "-o", "loop", imageOf(disk), folder);
  await disk.start();
}

/** Puts the data back where it was before, and starts the member. Does what is left of it after an interruption. */
export async function leaveSmallDisk(disk: Disk): Promise<void> {
  const { folder } = disk;
  const image = imageOf(disk);
  if (await isMounted(stagingOf(disk))) await change(disk, "umount", stagingOf(disk));
  if (await exists(image)) {
    const returned = beside(folder, "small-disk.returned");
    await disk.stop();
    if (await isMounted(folder)) await change(disk, "umount", folder);
    if (await exists(returned)) await change(disk, "rm", "-r", returned);
    await mounted(disk, image, async (staging) => {
      await attempt(disk, "rm", "-f", path.join(staging, path.basename(fillingOf(disk))));
      await change(disk, "cp", "--archive", staging, returned);
    });
    // Whenever this is interrupted the disk still has everything.
    await change(disk, "rm", "-rf", folder);
    await change(disk, "mv", returned, folder);
    await change(disk, "rm", image);
  }
  if (await exists(unfinishedOf(disk))) await change(disk, "rm", unfinishedOf(disk));
  await disk.start();
}

/** Fills a small disk; never another one. */
export async function fillSmallDisk(disk: Disk): Promise<void> {
  if (!(await isMounted(disk.folder))) throw new Error(`${disk.folder} is on no small disk: it is not filled`);
  // Each ends when there is no space left; the second one takes what the first one's blocks were too large for.
  for (const size of ["1M", "512"]) {
    const { stderr } = await attempt(
      disk,
      "dd",
      "if=/dev/zero",
      `of=${fillingOf(disk)}`,
      `bs=${size}`,
      "oflag=append",
      "conv=notrunc,fsync",
    );
    if (!stderr.includes("No space left")) throw new Error(`${disk.folder} was not filled: ${stderr}`);
  }
}

export async function emptySmallDisk(disk: Disk): Promise<void> {
  if (await isMounted(disk.folder)) await change(disk, "rm", "-f", fillingOf(disk));
}
