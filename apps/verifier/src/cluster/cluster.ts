import type { BundleFacts, BundleMember } from "./bundle.ts";

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

/** The one way to a running cluster. Nothing above it may know what its members run on. */
export interface Cluster {
  readonly facts: BundleFacts;
  /** Runs a program on a member, as the daemon's user; never throws on its exit code. */
  run(member: BundleMember, command: readonly string[], input?: string): Promise<CommandResult>;
  state(member: BundleMember): Promise<MemberState>;
  /** Everything the member logged since the moment (all, when left out). */
  logs(member: BundleMember, since?: Date): Promise<string>;
  /** Sends a signal to the member's first process. */
  signal(member: BundleMember, signal: "KILL" | "TERM" | "STOP" | "CONT"): Promise<void>;
  /** Stops a member and keeps it stopped until `start`. */
  stop(member: BundleMember): Promise<void>;
  start(member: BundleMember): Promise<void>;
  restart(member: BundleMember): Promise<void>;
  /** Runs a command of the bundle's own script, as an operator does. Throws when it fails. */
  operate(command: "up" | "down" | "switchover"): Promise<void>;
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
