import type { Topology } from "@matriarch/topology";
import type { ParameterValue } from "../model.ts";
import { smallestMemory, walBudget } from "./memory.ts";
import { formatSize, parseSize } from "./size.ts";

/** Patroni replaces any other value by its own default, with at most a line in its log. */
export interface Accepted {
  readonly test: (value: ParameterValue) => boolean;
  /** What a value must be, to follow "must be". */
  readonly says: string;
}

/** A parameter that Patroni takes from the DCS only, so that a standby is never configured smaller than its primary. */
export interface SharedParameter {
  readonly value: (topology: Topology) => ParameterValue;
  readonly accepts: Accepted;
}

const integerFrom = (least: number) => (value: ParameterValue) => /^-?[0-9]+$/.test(String(value)) && Number(value) >= least;
const atLeast = (least: number): Accepted => ({ test: integerFrom(least), says: `a whole number from ${least}` });

const BOOLEANS = new Set(["on", "off", "true", "false", "yes", "no", "1", "0"]);
const boolean: Accepted = { test: (value) => BOOLEANS.has(String(value).toLowerCase()), says: "on or off" };

/** Each member streams through one sender and may be rebuilt through two more; four are left for tools. */
const senders = (topology: Topology) => 2 * topology.postgresql.length + 4;

const SHARED: Readonly<Record<string, SharedParameter>> = {
  max_connections: { value: (topology) => topology.connections.maxConnections, accepts: atLeast(25) },
  max_worker_processes: {
    // Parallel workers of the largest node, beside the launchers of logical replication and extensions.
    value: (topology) => Math.max(8, Math.ceil(Math.max(...topology.postgresql.map((member) => member.cpus))) + 4),
    accepts: atLeast(2),
  },
  max_wal_senders: { value: senders, accepts: atLeast(3) },
  max_replication_slots: { value: senders, accepts: atLeast(4) },
  max_locks_per_transaction: { value: () => 64, accepts: atLeast(32) },
  max_prepared_transactions: { value: () => 0, accepts: atLeast(0) },
  track_commit_timestamp: { value: () => "off", accepts: boolean },
  wal_level: {
    value: () => "replica",
    accepts: { test: (value) => value === "replica" || value === "logical", says: "replica or logical" },
  },
  // Checksums make it superfluous; without it a cluster that was brought along without checksums cannot be rewound.
  wal_log_hints: { value: () => "on", accepts: boolean },
  wal_keep_size: {
    value: (topology) => formatSize(walBudget(smallestMemory(topology.postgresql)).keepAlways),
    accepts: { test: (value) => (parseSize(value, "MB") ?? 0) >= 16 * 1024, says: "a size from 16MB" },
  },
};

/** Source of the names and limits: ConfigHandler.CMDLINE_OPTIONS in patroni/postgresql/config.py, 4.0. */
export const SHARED_PARAMETERS: ReadonlyMap<string, SharedParameter> = new Map(Object.entries(SHARED));

const FREE: Readonly<Record<string, Accepted>> = {
  check_timeline: boolean,
  maximum_lag_on_syncnode: { test: integerFrom(-1), says: "bytes, or -1" },
  max_timelines_history: atLeast(0),
  member_slots_ttl: { test: (value) => /^[0-9]+ ?(ms|s|min|h|d)?$/.test(String(value)), says: "a duration like 30min" },
  primary_stop_timeout: { test: integerFrom(0), says: "whole seconds" },
};

/** Keys of the dynamic configuration that a topology may set, with what Patroni accepts (patroni/global_config.py, 4.0). */
export const FREE_DYNAMIC: ReadonlyMap<string, Accepted> = new Map(Object.entries(FREE));
