import { lacksBandwidth, throttlePackets, unthrottlePackets } from "./bandwidth.ts";
import type { BundleFacts, BundleMember } from "./bundle.ts";
import { type Clock, fasten, lacksClocks, loosen, reset, shift } from "./clocks.ts";
import type { Cluster } from "./cluster.ts";
import { type Disk, emptySmallDisk, fillSmallDisk, lacksDisks, leaveSmallDisk, moveToSmallDisk } from "./disks.ts";
import type { Ability } from "./looks.ts";
import { ask, change, type Machine } from "./machine.ts";
import type { Namespace } from "./packets.ts";

/** What a member has of its machine, and how it is taken away and given back. */
export type Resources = Pick<
  Cluster,
  | "lacks"
  | "starve"
  | "feed"
  | "throttle"
  | "unthrottle"
  | "moveToSmallDisk"
  | "leaveSmallDisk"
  | "fillDisk"
  | "emptyDisk"
  | "loosenClock"
  | "fastenClock"
  | "shiftClock"
  | "resetClock"
>;

/** What of a cluster of containers this stands on. */
interface Engine extends Machine, Pick<Cluster, "run" | "start" | "stop" | "confinement"> {
  readonly facts: BundleFacts;
  /** `null`: it does not run. */
  readonly netns: (member: BundleMember) => Promise<Namespace | null>;
}

async function lacksMemoryLimit({ facts, confinement }: Engine): Promise<string | null> {
  const found = await Promise.all(facts.members.map(async (member) => ({ member, ...(await confinement(member)) })));
  const free = found.filter(({ memory, memoryAndSwap }) => memory === 0 || memoryAndSwap !== memory);
  return free.length === 0 ? null : `${free.map(({ member }) => member.name).join(", ")}: no limit of memory keeps it from its machine's`;
}

/** The folder of a member's data on this machine. */
async function folderOf({ volumes: [volume = ""] }: BundleMember): Promise<string> {
  const { exitCode, stdout, stderr } = await ask("docker", "volume", "inspect", "--format", "{{.Mountpoint}}", volume);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

/** Lets what is done to one disk end before the next begins: an interruption does not wait for it. */
function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  return <Value>(act: () => Promise<Value>): Promise<Value> => {
    const next = last.then(act);
    last = next.catch(() => undefined);
    return next;
  };
}

function disks(engine: Engine): Pick<Resources, "moveToSmallDisk" | "leaveSmallDisk" | "fillDisk" | "emptyDisk"> {
  const turn = inTurn();
  const disk = async (member: BundleMember): Promise<Disk> => ({
    tell: engine.tell,
    folder: await folderOf(member),
    stop: () => engine.stop(member),
    start: () => engine.start(member),
  });
  return {
    moveToSmallDisk: (member, spare) => turn(async () => moveToSmallDisk(await disk(member), spare)),
    leaveSmallDisk: (member) => turn(async () => leaveSmallDisk(await disk(member))),
    fillDisk: (member) => turn(async () => fillSmallDisk(await disk(member))),
    emptyDisk: (member) => turn(async () => emptySmallDisk(await disk(member))),
  };
}

function clocks(engine: Engine): Pick<Resources, "loosenClock" | "fastenClock" | "shiftClock" | "resetClock"> {
  const turn = inTurn();
  const clock = (member: BundleMember): Clock => ({
    tell: engine.tell,
    project: { directory: engine.facts.directory, name: engine.facts.scope },
    service: member.name,
    now: async () => Number((await engine.run(member, ["date", "+%s"])).stdout),
  });
  return {
    loosenClock: (member) => turn(() => loosen(clock(member))),
    fastenClock: (member) => turn(() => fasten(clock(member))),
    shiftClock: (member, seconds) => turn(() => shift(clock(member), seconds)),
    resetClock: (member) => turn(() => reset(clock(member))),
  };
}

function processors(engine: Engine): Pick<Resources, "starve" | "feed"> {
  const due = new Map<string, number>();
  const give = (member: BundleMember, count: number) => change(engine, "docker", "update", "--cpus", String(count), member.container);
  return {
    starve: async (member, count) => {
      const had = (await engine.confinement(member)).processors;
      if (!due.has(member.name)) due.set(member.name, had);
      await give(member, count);
    },
    feed: async (member) => {
      const count = due.get(member.name);
      if (count !== undefined) await give(member, count);
      due.delete(member.name);
    },
  };
}

/** What containers have of this machine. */
export function containerResources(engine: Engine): Resources {
  const lacking: Readonly<Record<Ability, () => Promise<string | null>>> = {
    "small disk": lacksDisks,
    clock: lacksClocks,
    "slow network": lacksBandwidth,
    "limit of memory": () => lacksMemoryLimit(engine),
  };
  return {
    lacks: (ability) => lacking[ability](),
    ...processors(engine),
    ...disks(engine),
    ...clocks(engine),
    throttle: async (member, bitsPerSecond) => {
      const namespace = await engine.netns(member);
      if (namespace === null) throw new Error(`${member.name} does not run: it has no network to throttle`);
      await throttlePackets(namespace, bitsPerSecond);
    },
    // The queue goes with the network of a member that is stopped.
    unthrottle: async (member) => {
      const namespace = await engine.netns(member);
      if (namespace) await unthrottlePackets(namespace);
    },
  };
}
