/** Whose a process is, as far as a run is concerned. Only `others` take something away from the cluster that is tested. */
export const OWNERS = ["cluster", "verifier", "engine", "kernel", "others"] as const;
export type Owner = (typeof OWNERS)[number];

/** One process as a look found it. All counters only grow. */
export interface ProcessReading {
  /** Its number and when it started: a number is used again. */
  readonly id: string;
  readonly name: string;
  readonly owner: Owner;
  /** Seconds of a processor that it used. */
  readonly used: number;
  /** The same of those of its children that have ended. */
  readonly usedByEnded: number;
  /** Bytes that it read from disks and wrote to them; 0 where nobody may know. */
  readonly bytes: number;
  /** Bytes of memory that it holds. */
  readonly memory: number;
}

/** What can stall: the names are ours, the kernel calls them cpu, io and memory. */
export const RESOURCES = ["processors", "disk", "memory"] as const;
export type Resource = (typeof RESOURCES)[number];

/** One look at a machine. Counters are since it was started. */
export interface Reading {
  /** Seconds on whatever clock, the same for all looks. */
  readonly at: number;
  readonly processors: number;
  /** Seconds, all processors together. */
  readonly idle: number;
  /** Seconds in which this machine wanted a processor and its host gave it to somebody else. */
  readonly steal: number;
  /** Seconds in which somebody waited for it; `null` where the kernel does not tell (no PSI). */
  readonly stalled: Readonly<Record<Resource, number>> | null;
  /** Bytes. */
  readonly memory: { readonly total: number; readonly available: number };
  readonly processes: readonly ProcessReading[];
}

/** What a machine did between two looks. Shares are of all its processors, or of the time. */
export interface Sample {
  readonly from: number;
  readonly to: number;
  readonly used: Readonly<Record<Owner, number>>;
  readonly idle: number;
  readonly steal: number;
  readonly stalled: Readonly<Record<Resource, number>> | null;
  /** Share of all bytes read and written that others did; `null` where none was. */
  readonly othersBytes: number | null;
  /** Shares of the machine's memory: what is available, and what others hold. */
  readonly memory: { readonly available: number; readonly others: number };
  /** What the processes of others used, by name. */
  readonly names: Readonly<Record<string, number>>;
}

const SHORT_LIVED = "short-lived programs";

/** Seconds of processors that each process used between two looks, with those of its children that ended meanwhile. */
function usageBetween(before: Reading, after: Reading): Map<ProcessReading, number> {
  const former = new Map(before.processes.map((process) => [process.id, process]));
  const usage = new Map<ProcessReading, number>();
  for (const process of after.processes) {
    const was = former.get(process.id);
    former.delete(process.id);
    usage.set(process, process.used + process.usedByEnded - (was ? was.used + was.usedByEnded : 0));
  }
  // Whoever waited for a child that ended has all that it ever used in its own counter; what was counted before is taken off.
  for (const ended of former.values()) usage.set(ended, -(ended.used + ended.usedByEnded));
  return usage;
}

function sumBy<Item>(items: Iterable<Item>, key: (item: Item) => string, value: (item: Item) => number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const item of items) sums[key(item)] = (sums[key(item)] ?? 0) + value(item);
  return sums;
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}

function bytesBetween(before: Reading, after: Reading): number | null {
  const former = new Map(before.processes.map(({ id, bytes }) => [id, bytes]));
  const moved = sumBy(
    after.processes,
    ({ owner }) => owner,
    ({ id, bytes }) => bytes - (former.get(id) ?? 0),
  );
  const all = Object.values(moved).reduce((sum, bytes) => sum + bytes, 0);
  return all > 0 ? shareOf(moved["others"] ?? 0, all) : null;
}

/** What others used by the names of their programs; what began and ended unseen is known by its sum alone. */
function namesBetween(before: Reading, after: Reading, all: number, capacity: number): Record<string, number> {
  const former = new Map(before.processes.map(({ id, used }) => [id, used]));
  const names = sumBy(
    after.processes.filter(({ owner }) => owner === "others"),
    ({ name }) => name,
    ({ id, used }) => (used - (former.get(id) ?? 0)) / capacity,
  );
  const unseen = all - Object.values(names).reduce((sum, share) => sum + share, 0);
  return unseen > 0 ? { ...names, [SHORT_LIVED]: unseen } : names;
}

/** What a machine did between two looks at it. */
export function sampleOf(before: Reading, after: Reading): Sample {
  const seconds = after.at - before.at;
  const capacity = seconds * after.processors;
  const usage = [...usageBetween(before, after)];
  const owned = sumBy(
    usage,
    ([{ owner }]) => owner,
    ([, used]) => used,
  );
  const held = after.processes.filter(({ owner }) => owner === "others").reduce((sum, { memory }) => sum + memory, 0);
  const stalledFor = (resource: Resource) => shareOf((after.stalled?.[resource] ?? 0) - (before.stalled?.[resource] ?? 0), seconds);
  return {
    from: before.at,
    to: after.at,
    used: {
      cluster: shareOf(owned["cluster"] ?? 0, capacity),
      verifier: shareOf(owned["verifier"] ?? 0, capacity),
      engine: shareOf(owned["engine"] ?? 0, capacity),
      kernel: shareOf(owned["kernel"] ?? 0, capacity),
      others: shareOf(owned["others"] ?? 0, capacity),
    },
    idle: shareOf(after.idle - before.idle, capacity),
    steal: shareOf(after.steal - before.steal, capacity),
    stalled:
      before.stalled && after.stalled
        ? { processors: stalledFor("processors"), disk: stalledFor("disk"), memory: stalledFor("memory") }
        : null,
    othersBytes: bytesBetween(before, after),
    memory: { available: shareOf(after.memory.available, after.memory.total), others: shareOf(held, after.memory.total) },
    names: namesBetween(before, after, (owned["others"] ?? 0) / capacity, capacity),
  };
}
