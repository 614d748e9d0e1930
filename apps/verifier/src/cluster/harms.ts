import type { BundleMember } from "./bundle.ts";
import type { CommandResult } from "./looks.ts";

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

/** What may hurt whoever uses the cluster. A scenario that has ended can do none of it any more. */
export interface Harms {
  /** Runs a program on a member that changes something, and tells it among `commands`. */
  readonly alter: (member: BundleMember, command: readonly string[]) => Promise<CommandResult>;
  /** Changes something in a way that is none of these, such as a request to an API, or SQL that writes. */
  readonly change: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** Sends a signal to the member's first process. */
  readonly signal: (member: BundleMember, signal: "KILL" | "TERM" | "STOP") => Promise<void>;
  /** Stops a member and keeps it stopped until it is started. */
  readonly stop: (member: BundleMember) => Promise<void>;
  readonly restart: (member: BundleMember) => Promise<void>;
  /** Lets a member's daemon read its files again, as an operator does. Throws when that fails. */
  readonly reload: (member: BundleMember) => Promise<void>;
  /** Runs a command of the bundle's own script, as an operator does. Throws when it fails. */
  readonly operate: (command: "up" | "down" | "switchover") => Promise<void>;
  /** Holds every process of a member, as if its machine stood still. */
  readonly freeze: (member: BundleMember) => Promise<void>;
  /** Drops packets at a member, in place of those it dropped before. */
  readonly block: (member: BundleMember, rules: readonly PacketRule[]) => Promise<void>;
  /** Leaves a member so many processors, such as 0.02. */
  readonly starve: (member: BundleMember, processors: number) => Promise<void>;
  /** Sends no faster, in each of the member's networks; what it receives is not held up. */
  readonly throttle: (member: BundleMember, bitsPerSecond: number) => Promise<void>;
  /**
   * Moves a member's data to a disk of its own on which so many bytes are left: nothing else can be filled. The member is
   * stopped for it and started again.
   */
  readonly moveToSmallDisk: (member: BundleMember, spare: number) => Promise<void>;
  /** Fills a member's small disk to the last byte. Throws where it has none. */
  readonly fillDisk: (member: BundleMember) => Promise<void>;
  /** Gives a member a clock that can be moved. It is started anew, with its data. */
  readonly loosenClock: (member: BundleMember) => Promise<void>;
  /** Moves a loosened clock so many seconds away from the machine's. Intervals are measured as before. */
  readonly shiftClock: (member: BundleMember, seconds: number) => Promise<void>;
}
