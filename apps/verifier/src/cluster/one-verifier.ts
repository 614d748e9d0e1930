import { readFileSync } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";

/** Beside the bundle's own files; ignored by whoever renders. */
const FILE = ".verifier.lock";

/** Who holds a cluster: a process, and when it started, for its number may be used again. */
interface Holder {
  readonly pid: number;
  readonly started: string;
}

/** When a process started, in the kernel's ticks; `null` where it has ended. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

async function holderIn(file: string): Promise<Holder | null> {
  const [pid, started] = (await readFile(file, "utf8").catch(() => "")).split(" ");
  return pid && started ? { pid: Number(pid), started: started.trim() } : null;
}

/**
 * Makes sure that one verifier at a time breaks a cluster: two would judge each other's faults. What a verifier left that was
 * killed is taken over. Gives what lets go of it.
 * @throws Error where another one runs, with its number
 */
export async function holdCluster(bundle: string): Promise<() => Promise<void>> {
  const file = path.join(bundle, FILE);
  const holder = await holderIn(file);
  if (holder && startOf(holder.pid) === holder.started)
    throw new Error(
      `another verifier uses this cluster, process ${holder.pid}: wait for it, or end it (kill ${holder.pid}; it heals first)`,
    );
  await rm(file, { force: true });
  // Of two that come at once, one makes the file.
  const lock = await open(file, "wx").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EEXIST" ? new Error("another verifier has just taken this cluster: wait for it") : error;
  });
  await lock.writeFile(`${process.pid} ${startOf(process.pid) ?? ""}\n`);
  await lock.close();
  return () => rm(file, { force: true });
}
