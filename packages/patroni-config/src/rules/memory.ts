import type { PostgresqlMember, Topology } from "@matriarch/topology";
import { deriveLocalParameters, deriveSharedParameters } from "../derive/parameters.ts";
import { mappingOf } from "../format/dynamic-yml.ts";
import type { ParameterValue } from "../model.ts";
import { readNumber } from "../settings/literal.ts";
import { BACKEND_KIB, MAINTENANCE_WORKERS } from "../settings/memory.ts";
import { error, type PatroniRule, warning } from "./finding.ts";

interface Demand {
  readonly what: string;
  readonly kib: number;
}

const BLOCK_KIB = 8;

/** Shared memory beside shared_buffers, each with the KiB of one unit. PostgreSQL takes it at the start, all of it. */
const CACHES: Readonly<Record<string, { readonly unit?: string; readonly kib: number }>> = {
  wal_buffers: { unit: "8kB", kib: BLOCK_KIB },
  min_dynamic_shared_memory: { unit: "MB", kib: 1024 },
  commit_timestamp_buffers: { unit: "8kB", kib: BLOCK_KIB },
  multixact_member_buffers: { unit: "8kB", kib: BLOCK_KIB },
  multixact_offset_buffers: { unit: "8kB", kib: BLOCK_KIB },
  notify_buffers: { unit: "8kB", kib: BLOCK_KIB },
  serializable_buffers: { unit: "8kB", kib: BLOCK_KIB },
  subtransaction_buffers: { unit: "8kB", kib: BLOCK_KIB },
  transaction_buffers: { unit: "8kB", kib: BLOCK_KIB },
  // Where its library is loaded, which is why anybody would set it; 432 bytes each.
  "pg_stat_statements.max": { kib: 0.4 },
};

/** A lock and two who hold or want it, in the tables of src/backend/storage/lmgr (lock.c, predicate.c): at least this much. */
const LOCK_KIB = 0.25;
const HOLDERS = ["max_prepared_transactions", "max_worker_processes", "max_wal_senders", "autovacuum_max_workers"];
const LOCKS = ["max_locks_per_transaction", "max_pred_locks_per_transaction"];

/** What the parameters promise on one node, the topology's own included; nothing for a value that cannot be read. */
function demandsOf(topology: Topology, member: PostgresqlMember): { readonly certain: Demand[]; readonly possible: Demand[] } {
  const parameters: Readonly<Record<string, ParameterValue>> = {
    ...mappingOf(deriveSharedParameters(topology)),
    ...mappingOf(deriveLocalParameters(topology, member)),
  };
  const number = (name: string, unit?: string) => Math.max(0, readNumber(parameters[name] ?? 0, "integer", unit) ?? 0);
  const { maxConnections } = topology.connections;
  const caches = Object.entries(CACHES).map(([name, { unit, kib }]) => number(name, unit) * kib);
  const holders = HOLDERS.reduce((sum, name) => sum + number(name), maxConnections);
  const locks = LOCKS.reduce((sum, name) => sum + number(name) * holders * LOCK_KIB, 0);
  const queries = (number("track_activity_query_size", "B") / 1024) * maxConnections;
  return {
    certain: [
      { what: "shared_buffers", kib: number("shared_buffers", "8kB") * BLOCK_KIB },
      { what: "other shared memory", kib: caches.reduce((sum, kib) => sum + kib, locks + queries) },
      { what: `${maxConnections} connections`, kib: maxConnections * BACKEND_KIB },
    ],
    possible: [
      { what: "work_mem for half of them", kib: (maxConnections / 2) * number("work_mem", "kB") },
      { what: `maintenance_work_mem for ${MAINTENANCE_WORKERS}`, kib: MAINTENANCE_WORKERS * number("maintenance_work_mem", "kB") },
    ],
  };
}

const mebibytes = (kib: number) => `${Math.round(kib / 1024)} MiB`;
const sumOf = (demands: readonly Demand[]) => demands.reduce((total, { kib }) => total + kib, 0);

/**
 * Without swap the kernel kills what does not fit: usually the postmaster, with every session. What is taken whatever the
 * sessions do must fit; what they may take at the same moment is for whoever knows them to judge.
 */
export const memoryExceedsNode: PatroniRule = (topology) =>
  topology.postgresql.flatMap((member) => {
    const { certain, possible } = demandsOf(topology, member);
    const all = [...certain, ...possible];
    if (sumOf(all) <= member.memoryKib) return [];
    const [report, parts, takes] =
      sumOf(certain) > member.memoryKib ? ([error, certain, "takes"] as const) : ([warning, all, "may take"] as const);
    const list = parts.map(({ what, kib }) => `${what} ${mebibytes(kib)}`).join(", ");
    const message = `${member.name} has ${mebibytes(member.memoryKib)} of memory, and PostgreSQL ${takes} ${mebibytes(sumOf(parts))} of it: ${list}.`;
    const hint = 'Give the node more memory, or lower "postgresql.max_connections" or the parameter that takes the most.';
    return [report("memory-exceeds-node", ["nodes", member.node, "resources", "memory"], message, hint)];
  });
