import type { BundleFacts, BundleMember } from "./bundle.ts";
import type { HttpsAnswer, HttpsRequest } from "./https.ts";

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

/** What a machine for tests may lack. */
export type Ability = "small disk" | "clock" | "slow network" | "limit of memory";

/** What changes nothing. */
export interface Looks {
  readonly facts: BundleFacts;
  /** Fires when whoever has this cluster has to stop: waits end with it, and nothing harmful is done any more. */
  readonly ended: AbortSignal;
  /** Every command so far that changed something, as a person would type it: a fault can be done again by hand. */
  readonly commands: readonly string[];
  /** Runs a program on a member, as the daemon's user; never throws on its exit code. */
  readonly run: (member: BundleMember, command: readonly string[], input?: string) => Promise<CommandResult>;
  /** Runs a client program on this machine, from the bundle's folder, as a service of it. */
  readonly client: (command: readonly [string, ...string[]], service: string) => Promise<CommandResult>;
  /** Asks an API of the cluster. */
  readonly https: (asked: HttpsRequest) => Promise<HttpsAnswer>;
  /** Carries connections to a host and port, as they are seen from a member. The caller closes it. */
  readonly relay: (member: BundleMember, host: string, port: number) => Promise<Relay>;
  /** What runs under this cluster's name, sorted: the members, and whatever else is there. */
  readonly present: () => Promise<readonly string[]>;
  readonly state: (member: BundleMember) => Promise<MemberState>;
  readonly confinement: (member: BundleMember) => Promise<Confinement>;
  /** All that whoever runs the member tells about it: settings, environment, what it was built from. */
  readonly description: (member: BundleMember) => Promise<readonly Sight[]>;
  /** What the member was made from, so exactly that it can be made again. */
  readonly image: (member: BundleMember) => Promise<string>;
  /** Everything the member logged since the moment (all, when left out). */
  readonly logs: (member: BundleMember, since?: Date) => Promise<string>;
  /** What the member logged from one moment to another, in the order of time. */
  readonly logged: (member: BundleMember, from: Date, to: Date) => Promise<readonly LoggedLine[]>;
  /** Why something cannot be done on this machine, and what it would take; `null` when it can. */
  readonly lacks: (ability: Ability) => Promise<string | null>;
}
