import type { BundleFacts, BundleMember } from "../cluster/bundle.ts";
import type { Cluster, Healer } from "../cluster/cluster.ts";
import type { Looks } from "../cluster/looks.ts";

/** Prepares a fault. Members restart for it, and the primary moves. */
export interface Arrangement {
  readonly make: (cluster: Cluster) => Promise<void>;
  /** Can be called at any time, and twice. */
  readonly remove: (cluster: Healer) => Promise<void>;
}

/**
 * Something that is done to a cluster. The end may come at any moment of it: by the cluster that it was given it does nothing
 * harmful from then on, and its waits, which are to have `cluster.ended`, are over.
 */
export interface Fault {
  readonly id: string;
  readonly title: string;
  /** Why it cannot be done to this cluster; `null` when it can. */
  readonly available: (facts: BundleFacts) => string | null;
  /** What it takes of the machine under the cluster and is not there; `null` when all is there. */
  readonly lacking?: (cluster: Looks) => Promise<string | null>;
  /** What has to be prepared while nobody looks, and taken away in the end. */
  readonly arrangement?: Arrangement;
  /** Who it is done to, as things stand at that moment; the first one gives the fault its name in the report. */
  readonly targets: (cluster: Looks) => Promise<readonly BundleMember[]>;
  readonly inject: (cluster: Cluster, targets: readonly BundleMember[]) => Promise<void>;
  /** Takes it back, as far as it does not end by itself. Can be called at any time, and twice. */
  readonly heal: (cluster: Healer, targets: readonly BundleMember[]) => Promise<void>;
}

/** Says of a cluster that it has no second member to do without. */
export function needs(facts: BundleFacts, role: BundleMember["role"], count: number): string | null {
  const found = facts.members.filter((member) => member.role === role).length;
  return found >= count ? null : `it takes ${count} members of the kind ${role}, and there are ${found}`;
}

export async function onAll(targets: readonly BundleMember[], act: (member: BundleMember) => Promise<unknown>): Promise<void> {
  await Promise.all(targets.map(act));
}

type Common = Pick<Fault, "id" | "title" | "available" | "targets">;

/** Members die at once, as a machine does that loses power; healing switches them on. */
export function killing(common: Common): Fault {
  return {
    ...common,
    inject: (cluster, targets) => onAll(targets, (member) => cluster.signal(member, "KILL")),
    heal: (cluster, targets) => onAll(targets, (member) => cluster.start(member)),
  };
}

/** Members stand still, as a machine does that is suspended; healing lets them go on. */
export function freezing(common: Common): Fault {
  return {
    ...common,
    inject: (cluster, targets) => onAll(targets, cluster.freeze),
    heal: (cluster, targets) => onAll(targets, cluster.thaw),
  };
}
