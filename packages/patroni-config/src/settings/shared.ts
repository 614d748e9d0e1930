import type { Topology } from "@matriarch/topology";
import type { Decision } from "./decision.ts";
import { smallestMemory, walBudget } from "./memory.ts";
import { formatSize } from "./size.ts";

/** Each member streams through one sender and may be rebuilt through two more; four are left for tools, one is for each slot. */
export const senders = ({ postgresql, slots }: Topology) => 2 * postgresql.length + 4 + slots.length;

function workersOfExtensions({ extensions }: Topology): number {
  return extensions.reduce((sum, { workers }) => sum + workers, 0);
}

/**
 * Parameters that Patroni takes from the DCS only, so that a standby is never configured smaller than its primary.
 * Source: ConfigHandler.CMDLINE_OPTIONS in patroni/postgresql/config.py, 4.0.
 */
export const SHARED: readonly Decision<{ readonly topology: Topology }>[] = [
  { key: "max_connections", value: ({ topology }) => topology.connections.maxConnections },
  {
    key: "max_worker_processes",
    value: ({ topology }) =>
      Math.max(8, Math.ceil(Math.max(...topology.postgresql.map((member) => member.cpus))) + 4) + workersOfExtensions(topology),
    why: "Parallel workers of the largest node, beside the launcher of logical replication and the workers of extensions.",
  },
  {
    key: "max_wal_senders",
    value: ({ topology }) => senders(topology),
    why: "Each member streams through one and may be rebuilt through two more; four are left for tools, and one is for each logical slot.",
  },
  { key: "max_replication_slots", value: ({ topology }) => senders(topology) },
  { key: "max_locks_per_transaction", value: () => 64 },
  { key: "max_prepared_transactions", value: () => 0 },
  { key: "track_commit_timestamp", value: () => "off" },
  {
    key: "wal_level",
    value: () => "logical",
    why: "So that a logical slot needs no restart of every node, and PostgreSQL starts while one is left: with less it refuses to.",
  },
  {
    key: "wal_log_hints",
    value: () => "on",
    why: "Checksums make it superfluous; without it a cluster that was made elsewhere, without checksums, cannot be rewound.",
  },
  {
    key: "wal_keep_size",
    value: ({ topology }) => formatSize(walBudget(smallestMemory(topology.postgresql)).keepAlways),
    why: "Kept in any case: pg_rewind reads it, and so does a standby without a slot.",
  },
];
