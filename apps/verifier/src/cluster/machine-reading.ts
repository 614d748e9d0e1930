import { readdirSync, readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { execa } from "execa";
import type { Owner, ProcessReading, Reading } from "../machine/reading.ts";
import { monotonicNow } from "../history/clock.ts";
import type { BundleFacts } from "./bundle.ts";

/** Ticks of the kernel's counters in a second: what it tells programs is always in these. */
const TICKS = 100;

/** What runs containers, of whoever they are: nobody can tell for which of them it works. */
const ENGINE = /^(dockerd|containerd|containerd-shim|docker-proxy|docker-init|runc|runc:|conmon|podman|crun)/;

/** The file, or nothing where there is none any more: processes end while somebody looks. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly started: string;
  readonly used: number;
  readonly usedByEnded: number;
  readonly pages: number;
}

/** `/proc/PID/stat`. A name may hold blanks and brackets. */
export function parseStat(pid: number, text: string): Stat | null {
  const end = text.lastIndexOf(")");
  if (end === -1) return null;
  const fields = text.slice(end + 2).split(" ");
  const number = (position: number) => Number(fields[position]);
  return {
    pid,
    parent: number(1),
    name: text.slice(text.indexOf("(") + 1, end),
    started: fields[19] ?? "",
    used: (number(11) + number(12)) / TICKS,
    usedByEnded: (number(13) + number(14)) / TICKS,
    pages: number(21),
  };
}

/** The container that a process is in, by its id, from `/proc/PID/cgroup`; `null` where it is in none. */
export function containerIn(cgroup: string): string | null {
  return /\b[0-9a-f]{64}\b/.exec(cgroup)?.[0] ?? null;
}

/** Microseconds since the start in which somebody waited, from `/proc/pressure/*`; `null` where there is no such file. */
export function parsePressure(text: string): number | null {
  const total = /^some .*total=(\d+)/m.exec(text)?.[1];
  return total === undefined ? null : Number(total) / 1e6;
}

/** Seconds that all processors were idle, and were wanted by others than this machine, from `/proc/stat`. */
export function parseProcessors(text: string): Pick<Reading, "idle" | "steal" | "processors"> {
  const [, , , , idle = 0, waiting = 0, , , steal = 0] = (/^cpu .*/m.exec(text)?.[0] ?? "").split(/\s+/).map(Number);
  return { processors: text.match(/^cpu\d+ /gm)?.length ?? 0, idle: (idle + waiting) / TICKS, steal: steal / TICKS };
}

function kibibytes(meminfo: string, name: string): number {
  return Number(new RegExp(`^${name}: +(\\d+)`, "m").exec(meminfo)?.[1] ?? 0) * 1024;
}

function bytesOf(pid: number): number {
  const io = read(`/proc/${pid}/io`);
  const value = (name: string) => Number(new RegExp(`^${name}: (\\d+)`, "m").exec(io)?.[1] ?? 0);
  return value("read_bytes") + value("write_bytes");
}

function stalledNow(): Reading["stalled"] {
  const [processors, disk, memory] = ["cpu", "io", "memory"].map((resource) => parsePressure(read(`/proc/pressure/${resource}`)));
  if (processors == null || disk == null || memory == null) return null;
  return { processors, disk, memory };
}

/** Numbers of a process and of all that come from it. */
function familyOf(root: number, stats: readonly Stat[]): Set<number> {
  const children = Map.groupBy(stats, ({ parent }) => parent);
  const family = new Set([root]);
  for (const pid of family) for (const child of children.get(pid) ?? []) family.add(child.pid);
  return family;
}

/** Which containers are the cluster's. Containers are made anew now and then: an unknown one is asked about once. */
function membership(facts: BundleFacts) {
  let own = new Set<string>();
  let foreign = new Set<string>();
  const refresh = async (seen: readonly string[]) => {
    if (seen.every((id) => own.has(id) || foreign.has(id))) return;
    const filter = `label=com.docker.compose.project=${facts.scope}`;
    const { stdout } = await execa("docker", ["ps", "--all", "--quiet", "--no-trunc", "--filter", filter], {
      reject: false,
      timeout: 30_000,
    });
    own = new Set(stdout.split("\n").filter((id) => id !== ""));
    foreign = new Set(seen.filter((id) => !own.has(id)));
  };
  return { refresh, has: (id: string | null) => id !== null && own.has(id) };
}

/** The thread that all others of the kernel come from. Inside a container that number is somebody else's. */
const KERNEL = { pid: 2, name: "kthreadd" } as const;

/** Bytes of a page of memory. Where they are larger, what processes hold is told too low. */
const PAGE = 4096;

/** So many processes are looked at before somebody else has a turn: the clients that measure run in this program as well. */
const AT_ONCE = 40;

async function inTurns<Item, Result>(items: readonly Item[], look: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = [];
  for (const [at, item] of items.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await setImmediate();
    results.push(look(item));
  }
  return results;
}

const idOf = ({ pid, started }: Stat) => `${pid} ${started}`;

/** The containers that processes are in. One that has just begun may still be moved: it is looked at once more. */
function containersOfProcesses() {
  let known = new Map<string, { readonly container: string | null; readonly looks: number }>();
  return async (stats: readonly Stat[]): Promise<ReadonlyMap<string, string | null>> => {
    const looked = await inTurns(stats, (stat) => {
      const was = known.get(idOf(stat));
      if (was !== undefined && was.looks > 1) return [idOf(stat), was] as const;
      return [idOf(stat), { container: containerIn(read(`/proc/${stat.pid}/cgroup`)), looks: (was?.looks ?? 0) + 1 }] as const;
    });
    known = new Map(looked);
    return new Map(looked.map(([id, { container }]) => [id, container]));
  };
}

/**
 * Looks at the machine that a cluster of containers runs on, this one. Whose a process is: a member's by the container that it
 * is in, the verifier's by its descent; what no container holds and no engine is, and every other container, is others'.
 */
export function machineReader(facts: BundleFacts): () => Promise<Reading> {
  const members = membership(facts);
  const containersOf = containersOfProcesses();
  return async () => {
    const at = monotonicNow() / 1e9;
    const whole = { ...parseProcessors(read("/proc/stat")), stalled: stalledNow() };
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    const stats = (await inTurns(pids, (pid) => parseStat(Number(pid), read(`/proc/${pid}/stat`)))).filter((stat) => stat !== null);
    const hasKernel = stats.some(({ pid, name }) => pid === KERNEL.pid && name === KERNEL.name);
    const isKernel = ({ pid, parent }: Stat) => hasKernel && (pid === KERNEL.pid || parent === KERNEL.pid);
    const containers = await containersOf(stats.filter((stat) => !isKernel(stat)));
    await members.refresh([...new Set([...containers.values()].filter((id) => id !== null))]);
    const family = familyOf(process.pid, stats);
    const ownerOf = (stat: Stat): Owner => {
      if (isKernel(stat)) return "kernel";
      if (family.has(stat.pid)) return "verifier";
      if (members.has(containers.get(idOf(stat)) ?? null)) return "cluster";
      return ENGINE.test(stat.name) ? "engine" : "others";
    };
    const meminfo = read("/proc/meminfo");
    return {
      at,
      ...whole,
      memory: { total: kibibytes(meminfo, "MemTotal"), available: kibibytes(meminfo, "MemAvailable") },
      processes: await inTurns(stats, (stat): ProcessReading => {
        const { name, used, usedByEnded, pages } = stat;
        const owner = ownerOf(stat);
        return { id: idOf(stat), name, owner, used, usedByEnded, bytes: owner === "kernel" ? 0 : bytesOf(stat.pid), memory: pages * PAGE };
      }),
    };
  };
}
