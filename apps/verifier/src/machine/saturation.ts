import type { Resource, Sample } from "./reading.ts";
import { OWNERS, type Owner, RESOURCES } from "./reading.ts";

/**
 * From where on something counts. A machine is saturated by others where nothing is left of it and others have a good part: a
 * cluster that fills its machine alone has no excuse. Shares of all processors, or of the time.
 */
const LIMITS = {
  processors: {
    /** Nothing is left: less than this is idle, or somebody waits for a processor for more than `stalled` of the time. */
    idle: 0.1,
    stalled: 0.5,
    /** Others and the host together have at least this much. On two processors it is half of one. */
    others: 0.25,
    /** What the host takes away is missing, whatever is idle at other moments. */
    steal: 0.1,
  },
  disk: { stalled: 0.5, others: 0.5 },
  memory: { available: 0.05, others: 0.5 },
} as const;

/** What others have used up in a sample; empty: nothing. */
export function saturatedIn({ used, idle, steal, stalled, othersBytes, memory }: Sample): readonly Resource[] {
  const { processors, disk, memory: room } = LIMITS;
  const isFull = idle < processors.idle || (stalled !== null && stalled.processors > processors.stalled);
  const isTaken = used.others + steal >= processors.others;
  const found: Readonly<Record<Resource, boolean>> = {
    processors: (isFull && isTaken) || steal >= processors.steal,
    disk: stalled !== null && stalled.disk > disk.stalled && othersBytes !== null && othersBytes >= disk.others,
    memory: memory.available < room.available && memory.others >= room.others * (1 - memory.available),
  };
  return RESOURCES.filter((resource) => found[resource]);
}

/** Mean and highest of shares. */
export interface Spread {
  readonly mean: number;
  readonly max: number;
}

/** What the machine did while a scenario was played; saved with it. Shares are of all processors, or of the time, 0 to 1. */
export interface MachineRecord {
  /** For how many seconds it was looked at. */
  readonly seconds: number;
  readonly used: Readonly<Record<Owner, Spread>>;
  readonly idle: Spread;
  readonly steal: Spread;
  /** Time in which somebody waited, by what for; `null` where the kernel does not tell. */
  readonly stalled: Readonly<Record<Resource, Spread>> | null;
  /** Programs of others that used most, by their names. */
  readonly busiest: readonly { readonly name: string; readonly share: number }[];
  /** When others had used it up: seconds since the scenario's start, in their order. */
  readonly saturated: readonly { readonly from: number; readonly to: number; readonly by: readonly Resource[] }[];
}

/** So many programs are named, those that have at least this share. */
const NAMED = 3;
const NOTICED = 0.01;

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}

function busiestOf(samples: readonly Sample[]): MachineRecord["busiest"] {
  const sums = new Map<string, number>();
  for (const { names } of samples) for (const [name, share] of Object.entries(names)) sums.set(name, (sums.get(name) ?? 0) + share);
  return [...sums]
    .map(([name, sum]) => ({ name, share: round(sum / samples.length) }))
    .filter(({ share }) => share >= NOTICED)
    .toSorted((a, b) => b.share - a.share || a.name.localeCompare(b.name))
    .slice(0, NAMED);
}

/** Stretches that touch and have the same reasons are one. */
function saturatedSpans(samples: readonly Sample[]): MachineRecord["saturated"] {
  const spans: { from: number; to: number; by: readonly Resource[] }[] = [];
  for (const sample of samples) {
    const by = saturatedIn(sample);
    if (by.length === 0) continue;
    const last = spans.at(-1);
    if (last && last.to === sample.from && last.by.join(" ") === by.join(" ")) last.to = sample.to;
    else spans.push({ from: sample.from, to: sample.to, by });
  }
  return spans;
}

/** Everything that was seen of a machine, in short; `null` where nobody looked twice. */
export function machineRecordOf(samples: readonly Sample[]): MachineRecord | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last) return null;
  const spread = (of: (sample: Sample) => number): Spread => {
    const values = samples.map(of);
    return { mean: round(values.reduce((sum, value) => sum + value, 0) / values.length), max: round(Math.max(...values)) };
  };
  const [cluster, verifier, engine, kernel, others] = OWNERS.map((owner) => spread(({ used }) => used[owner])) as [
    Spread,
    Spread,
    Spread,
    Spread,
    Spread,
  ];
  const stalledBy = (resource: Resource) => spread(({ stalled }) => stalled?.[resource] ?? 0);
  return {
    seconds: last.to - first.from,
    used: { cluster, verifier, engine, kernel, others },
    idle: spread(({ idle }) => idle),
    steal: spread(({ steal }) => steal),
    stalled: samples.some(({ stalled }) => stalled === null)
      ? null
      : { processors: stalledBy("processors"), disk: stalledBy("disk"), memory: stalledBy("memory") },
    busiest: busiestOf(samples),
    saturated: saturatedSpans(samples),
  };
}
