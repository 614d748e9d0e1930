import type { BundleFacts, BundleMember } from "./bundle.ts";
import type { Resources } from "./resources.ts";

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface MemberState {
  readonly running: boolean;
  /** What the container's own health check says; hosts have services instead. */
  readonly healthy: boolean;
  readonly restarts: number;
}

/** A port of this machine behind which another machine's network lies. */
export interface Relay {
  readonly port: number;
  close(): void;
}

/** What holds a member back, as it runs. */
export interface Confinement {
  /** Bytes; 0: no limit. */
  readonly memory: number;
  /** Bytes of memory and swap together. */
  readonly memoryAndSwap: number;
  /** Processors; 0: no limit. */
  readonly processors: number;
  /** Processes and threads at once; 0: no limit. */
  readonly processes: number;
  /** Whether it comes back by itself after a crash. */
  readonly restartsByItself: boolean;
  /** Ports of this machine that lead to it, as `address:port → port`, sorted. */
  readonly published: readonly string[];
}

/** Packets that a member neither gets nor sends. What is left out matches everything. */
export interface PacketRule {
  /** As the member sees it. */
  readonly direction: "in" | "out";
  /** Address of the other side. */
  readonly peer?: string;
  /** Port of TCP, on whichever side it is. */
  readonly port?: number;
  /** Share of the packets that is lost, 0 to 1; all by default. */
  readonly share?: number;
}

/** A place where somebody may look who is told no secret, and what stands there. */
export interface Sight {
  readonly where: string;
  readonly text: string;
}

/** A line of a log, and when it was written: milliseconds since 1970. */
export interface LoggedLine {
  readonly at: number;
  readonly line: string;
}

/** The one way to a running cluster. Nothing above it may know what its members run on. */
export interface Cluster extends Resources {
  readonly facts: BundleFacts;
  /** Every command so far that changed something, as a person would type it: a fault can be done again by hand. */
  readonly commands: readonly string[];
  /** Runs a program on a member, as the daemon's user; never throws on its exit code. */
  run(member: BundleMember, command: readonly string[], input?: string): Promise<CommandResult>;
  /** The same for a program that changes something: it is told among `commands`. */
  readonly alter: (member: BundleMember, command: readonly string[]) => Promise<CommandResult>;
  /** Carries connections to a host and port, as they are seen from a member. The caller closes it. */
  relay(member: BundleMember, host: string, port: number): Promise<Relay>;
  /** What runs under this cluster's name, sorted: the members, and whatever else is there. */
  present(): Promise<readonly string[]>;
  state(member: BundleMember): Promise<MemberState>;
  confinement(member: BundleMember): Promise<Confinement>;
  /** All that whoever runs the member tells about it: settings, environment, what it was built from. */
  description(member: BundleMember): Promise<readonly Sight[]>;
  /** What the member was made from, so exactly that it can be made again. */
  image(member: BundleMember): Promise<string>;
  /** Everything the member logged since the moment (all, when left out). */
  logs(member: BundleMember, since?: Date): Promise<string>;
  /** What the member logged from one moment to another, in the order of time. */
  readonly logged: (member: BundleMember, from: Date, to: Date) => Promise<readonly LoggedLine[]>;
  /** Sends a signal to the member's first process. */
  signal(member: BundleMember, signal: "KILL" | "TERM" | "STOP" | "CONT"): Promise<void>;
  /** Holds every process of a member, as if its machine stood still; `thaw` lets them go on, also when nothing is held. */
  readonly freeze: (member: BundleMember) => Promise<void>;
  readonly thaw: (member: BundleMember) => Promise<void>;
  /** Drops packets at a member, in place of those it dropped before; `unblock` drops none, also when none was dropped. */
  readonly block: (member: BundleMember, rules: readonly PacketRule[]) => Promise<void>;
  readonly unblock: (member: BundleMember) => Promise<void>;
  /** Stops a member and keeps it stopped until `start`. */
  stop(member: BundleMember): Promise<void>;
  start(member: BundleMember): Promise<void>;
  restart(member: BundleMember): Promise<void>;
  /** Runs a client program on this machine, from the bundle's folder, as a service of it. */
  client(command: readonly [string, ...string[]], service: string): Promise<CommandResult>;
  /** Runs a command of the bundle's own script, as an operator does. Throws when it fails. */
  operate(command: "up" | "down" | "switchover"): Promise<void>;
  /** Lets a member's daemon read its files again, as an operator does. Throws when that fails. */
  reload(member: BundleMember): Promise<void>;
  /** Runs lines of a shell from the bundle's folder, as an operator pastes them. Throws at the first that fails. */
  readonly follow: (lines: string) => Promise<void>;
}

/** The member of that name. Throws when the cluster has none. */
export function memberNamed(facts: BundleFacts, name: string): BundleMember {
  const member = facts.members.find((candidate) => candidate.name === name);
  if (!member) throw new Error(`no member is called ${name}`);
  return member;
}

export function membersWith(facts: BundleFacts, role: BundleMember["role"]): BundleMember[] {
  return facts.members.filter((member) => member.role === role);
}

/** The port of this machine that leads to a port of the member. Throws when none does. */
export function publishedPort(member: BundleMember, port: number): number {
  const published = member.published.get(port);
  if (!published) throw new Error(`port ${port} of ${member.name} is not published`);
  return published.port;
}

/** The one member of a kind; the first where there are several. Throws when there is none. */
export function memberWith(facts: BundleFacts, role: BundleMember["role"]): BundleMember {
  const [member] = membersWith(facts, role);
  if (!member) throw new Error(`no member is ${role}`);
  return member;
}
