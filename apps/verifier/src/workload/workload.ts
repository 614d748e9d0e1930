import type { BundleFacts, BundleMember } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { CheckRequest } from "../checks/catalogue.ts";
import type { Recorder } from "../history/recorder.ts";
import type { Client } from "./client.ts";

/** Where clients play: a cluster, and the history that they tell. */
export interface Ground {
  readonly cluster: Cluster;
  readonly history: Recorder;
  /** A number in [0, 1), from the run's seed. */
  readonly chance: () => number;
  /** The primary of the beginning. */
  readonly primary: BundleMember;
  /** Writes a second into the set, over all its writers. */
  readonly rate: number;
}

/** What is known of a scenario before it is played, and excuses what may be found. `null`: nothing is excused. */
export interface Limits {
  /** The bound of staleness is waived. */
  readonly stale: string | null;
  /** Who is pinned to a deposed primary may still read there. */
  readonly deposed: string | null;
}

/** What a workload has to know to say what is to be checked. */
interface Terms {
  readonly facts: BundleFacts;
  /** Its table. */
  readonly table: string;
  /** The id of one of its claims, in this scenario. */
  readonly id: (claim: string) => string;
  readonly primary: BundleMember;
  /** Seconds that a read through the read-only services may be behind. */
  readonly stalenessBound: number;
  readonly limits: Limits;
}

/** What some clients do, and what has to hold then. */
export interface Workload {
  /** Names its table, behind the scenario's own prefix. */
  readonly id: string;
  /** Its claims, by their ids; `facts` is `null` where no cluster is known yet. */
  readonly claims: (facts: BundleFacts | null) => Readonly<Record<string, string>>;
  /** Creates its tables, of which the first has the name given and all others begin with it. */
  readonly create: (table: string) => readonly string[];
  readonly drop: (table: string) => readonly string[];
  readonly clients: (ground: Ground, table: string) => readonly Client[];
  /** What can be read only when nobody writes any more. */
  readonly readAtTheEnd?: (ground: Ground, table: string) => Promise<void>;
  /** What is to be checked in the history: plain data. */
  readonly requests: (terms: Terms) => readonly CheckRequest[];
}

/** With asynchronous replication the last writes before a failover are lost: whatever needs them is excused. */
export function lossLimit({ replication }: BundleFacts): string | null {
  return replication === "synchronous" ? null : "With asynchronous replication a failover loses the last writes that were acknowledged.";
}
