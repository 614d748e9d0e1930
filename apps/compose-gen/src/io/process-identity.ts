import { readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { z } from "zod";
import { readIfPresent } from "./atomic-file.ts";
import { codeOf } from "./errors.ts";

const identitySchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** Linux only: clock ticks from boot to its start. A number is given to another process later, but not at the same time. */
  started: z.string().nullable(),
  /** Linux only: changes at each boot. */
  boot: z.string().nullable(),
  /** Linux only: what the number counts in; every container has its own. */
  namespace: z.string().nullable(),
});

/** One process, told from every other that had or will have its number. */
export type ProcessIdentity = Readonly<z.infer<typeof identitySchema>>;

interface ProcessState {
  /** One letter, as in proc(5). */
  readonly state: string;
  readonly started: string;
}

async function stateOf(pid: number): Promise<ProcessState | undefined> {
  const text = await readIfPresent(`/proc/${pid}/stat`).catch(() => undefined);
  // The program's name comes second, in brackets, and may hold anything.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields?.[0], fields?.[19]];
  return state === undefined || started === undefined ? undefined : { state, started };
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return {
    pid: process.pid,
    host: hostname(),
    started: (await stateOf(process.pid))?.started ?? null,
    boot: (await readIfPresent("/proc/sys/kernel/random/boot_id"))?.trim() ?? null,
    namespace: await readlink("/proc/self/ns/pid").catch(() => null),
  };
}

export function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    return identitySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function hasNumber(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM"; // another user's
  }
}

/** `elsewhere`: on another machine or in another container, so that nobody here can tell. */
export type Presence = "running" | "gone" | "elsewhere";

/** Whether a process still runs. One that has ended and waits for its parent to notice is gone. */
export async function presenceOf(other: ProcessIdentity, own: ProcessIdentity): Promise<Presence> {
  if (other.host !== own.host) return "elsewhere";
  if (other.boot !== own.boot) return "gone";
  if (other.namespace !== own.namespace) return "elsewhere";
  if (!hasNumber(other.pid)) return "gone";
  const found = await stateOf(other.pid);
  if (found === undefined) return "running";
  return ["Z", "X"].includes(found.state) || found.started !== other.started ? "gone" : "running";
}
