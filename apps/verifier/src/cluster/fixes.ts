import type { BundleMember } from "./bundle.ts";
import type { CommandResult } from "./looks.ts";

/** What makes a cluster whole again. Each is allowed at any time, after the end as well, and twice. */
export interface Fixes {
  readonly start: (member: BundleMember) => Promise<void>;
  /** Runs a program on a member that puts something right, and tells it among `commands`. */
  readonly repair: (member: BundleMember, command: readonly string[]) => Promise<CommandResult>;
  /** Runs lines of a shell from the bundle's folder, as an operator pastes them. Throws at the first that fails. */
  readonly follow: (lines: string) => Promise<void>;
  /** Lets the processes of a frozen member go on. */
  readonly thaw: (member: BundleMember) => Promise<void>;
  /** Drops no packets of a member any more. */
  readonly unblock: (member: BundleMember) => Promise<void>;
  /** Gives a starved member the processors that it had. */
  readonly feed: (member: BundleMember) => Promise<void>;
  readonly unthrottle: (member: BundleMember) => Promise<void>;
  readonly emptyDisk: (member: BundleMember) => Promise<void>;
  /** Moves the data back from a small disk as it is then. The member is stopped for it and started again. */
  readonly leaveSmallDisk: (member: BundleMember) => Promise<void>;
  /** Puts a loosened clock right. */
  readonly resetClock: (member: BundleMember) => Promise<void>;
  /** Gives a member the clock of its machine again. It is started anew, with its data. */
  readonly fastenClock: (member: BundleMember) => Promise<void>;
}
