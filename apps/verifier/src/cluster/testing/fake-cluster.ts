import type { NodeRole } from "@matriarch/topology";
import type { BundleFacts, BundleMember } from "../bundle.ts";
import type { Cluster } from "../cluster.ts";
import type { Fixes } from "../fixes.ts";
import type { Harms } from "../harms.ts";
import type { CommandResult } from "../looks.ts";

/** Something that was done to a fake cluster. */
export interface Done {
  readonly kind: "harm" | "fix";
  readonly what: keyof Harms | keyof Fixes;
  /** Name of the member; `null` where it is done to none of them. */
  readonly member: string | null;
}

/** A cluster that does nothing, and remembers what was asked of it. */
export interface FakeCluster {
  readonly cluster: Cluster;
  readonly done: readonly Done[];
}

/** Gives what a program prints on a member; throws where a test has no answer for it. */
type Answers = (member: BundleMember, command: readonly string[]) => string;

export interface FakeWorld {
  readonly facts: BundleFacts;
  readonly answers: Answers;
  /** What the cluster does besides being asked; called before anything is done. */
  readonly before?: (done: Done) => void | Promise<void>;
  /** Whether a member is healthy; all are by default. */
  readonly isHealthy?: (member: BundleMember) => boolean;
  /** What an API answers; refuses everything by default. */
  readonly https?: Cluster["https"];
}

/** A member of a fake cluster, in a network where nobody else is. */
export function fakeMember(name: string, role: NodeRole, datacenter = "dc1"): BundleMember {
  const published: BundleMember["published"] = new Map([5432, 8008, 2379, 8404].map((port) => [port, { host: "127.0.0.1", port }]));
  return {
    name,
    instance: name,
    role,
    datacenter,
    container: name,
    published,
    volumes: [`${name}-data`],
    addresses: new Map([["database", name]]),
  };
}

/** A cluster for tests of what is above it. Every member runs. */
export function fakeCluster({ facts, answers, before, https, isHealthy = () => true }: FakeWorld): FakeCluster {
  const done: Done[] = [];
  const doing = async (kind: Done["kind"], what: Done["what"], member: BundleMember | null = null): Promise<void> => {
    const entry = { kind, what, member: member?.name ?? null };
    await before?.(entry);
    done.push(entry);
  };
  const harm = (what: keyof Harms) => (member: BundleMember) => doing("harm", what, member);
  const fix = (what: keyof Fixes) => (member: BundleMember) => doing("fix", what, member);
  const answer = (member: BundleMember, command: readonly string[]): CommandResult => {
    return { exitCode: 0, stdout: answers(member, command), stderr: "" };
  };
  const harms: Harms = {
    alter: (member, command) => doing("harm", "alter", member).then(() => answer(member, command)),
    change: (work) => doing("harm", "change").then(work),
    operate: () => doing("harm", "operate"),
    signal: harm("signal"),
    stop: harm("stop"),
    restart: harm("restart"),
    reload: harm("reload"),
    freeze: harm("freeze"),
    block: harm("block"),
    starve: harm("starve"),
    throttle: harm("throttle"),
    moveToSmallDisk: harm("moveToSmallDisk"),
    fillDisk: harm("fillDisk"),
    loosenClock: harm("loosenClock"),
    shiftClock: harm("shiftClock"),
  };
  const fixes: Fixes = {
    repair: (member, command) => doing("fix", "repair", member).then(() => answer(member, command)),
    follow: () => doing("fix", "follow"),
    start: fix("start"),
    thaw: fix("thaw"),
    unblock: fix("unblock"),
    feed: fix("feed"),
    unthrottle: fix("unthrottle"),
    emptyDisk: fix("emptyDisk"),
    leaveSmallDisk: fix("leaveSmallDisk"),
    resetClock: fix("resetClock"),
    fastenClock: fix("fastenClock"),
  };
  const cluster: Cluster = {
    facts,
    ended: new AbortController().signal,
    commands: [],
    run: async (member, command) => answer(member, command),
    client: () => Promise.reject(new Error("a fake cluster has no clients")),
    https: https ?? (() => Promise.reject(new Error("a fake cluster has no API"))),
    relay: async () => ({ port: 2379, close: () => undefined }),
    present: async () => facts.members.map(({ name }) => name),
    state: async (member) => ({ running: true, healthy: isHealthy(member), restarts: 0 }),
    confinement: () => Promise.reject(new Error("a fake cluster confines nobody")),
    description: async () => [],
    image: async ({ role }) => role,
    logs: async () => "",
    logged: async () => [],
    lacks: async () => null,
    ...harms,
    ...fixes,
  };
  return { cluster, done };
}
