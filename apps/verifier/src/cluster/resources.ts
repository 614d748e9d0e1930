import type { BundleMember } from "./bundle.ts";

/** What a machine for tests may lack. */
export type Ability = "small disk" | "clock" | "slow network" | "limit of memory";

/** What a member has of its machine, and how it is taken away and given back. Giving back is allowed at any time, and twice. */
export interface Resources {
  /** Why it cannot be done here, and what it would take; `null` when it can. */
  readonly lacks: (ability: Ability) => Promise<string | null>;
  /** Leaves a member so many processors, such as 0.02; `feed` gives it what it had. */
  readonly starve: (member: BundleMember, processors: number) => Promise<void>;
  readonly feed: (member: BundleMember) => Promise<void>;
  /** Sends no faster, in each of the member's networks; what it receives is not held up. */
  readonly throttle: (member: BundleMember, bitsPerSecond: number) => Promise<void>;
  readonly unthrottle: (member: BundleMember) => Promise<void>;
  /**
   * Moves a member's data to a disk of its own on which so many bytes are left: nothing else can be filled. The member is
   * stopped for it and started again. `leaveSmallDisk` moves the data back as it is then, in the same way.
   */
  readonly moveToSmallDisk: (member: BundleMember, spare: number) => Promise<void>;
  readonly leaveSmallDisk: (member: BundleMember) => Promise<void>;
  /** Fills a member's small disk to the last byte. Throws where it has none. */
  readonly fillDisk: (member: BundleMember) => Promise<void>;
  readonly emptyDisk: (member: BundleMember) => Promise<void>;
  /** Gives a member a clock that can be moved, `fastenClock` that of its machine again. Each starts it anew, with its data. */
  readonly loosenClock: (member: BundleMember) => Promise<void>;
  readonly fastenClock: (member: BundleMember) => Promise<void>;
  /** Moves a loosened clock so many seconds away from the machine's; 0: none. Intervals are measured as before. */
  readonly shiftClock: (member: BundleMember, seconds: number) => Promise<void>;
}
