import type { PostgresqlMember } from "@matriarch/topology";

/** How a node's memory is shared out, in KiB. */
export interface MemoryBudget {
  readonly sharedBuffers: number;
  /** For each of `MAINTENANCE_WORKERS`. */
  readonly maintenanceWorkMem: number;
  readonly workMem: number;
  /** What the planner may assume to be cached; nothing is reserved for it. */
  readonly effectiveCache: number;
}

/** How much WAL may pile up, in KiB. */
export interface WalBudget {
  readonly max: number;
  readonly min: number;
  /** Kept for a standby that is away. */
  readonly keepForSlots: number;
  /** Kept in any case: pg_rewind reads it, and a standby without a slot. */
  readonly keepAlways: number;
}

const MIB = 1024;

/** Private memory of a backend with warm catalog caches, before it sorts anything. */
export const BACKEND_KIB = 2 * MIB;

/** Three autovacuum workers (the default) and one CREATE INDEX or VACUUM by hand. */
export const MAINTENANCE_WORKERS = 4;

/** Whole MiB between two bounds. */
function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, Math.floor(value / MIB) * MIB));
}

/**
 * Eighths of the node's memory. A container has no swap to fall back on: what is promised here must fit.
 * - 2/8 shared_buffers: "a reasonable starting value is 25% of the memory" (PostgreSQL, "Resource Consumption").
 * - 1/8 maintenance, divided among its workers; more than 1 GiB each no longer helps.
 * - 4/8 connections: `BACKEND_KIB` each, the rest for sorts and hashes. At most half of the sessions are taken to need
 *   work_mem at the same moment, so each may have double its share.
 * - 1/8 Patroni, the kernel and the page cache. effective_cache_size is half of the memory, the conservative setting of
 *   the PostgreSQL wiki ("Tuning Your PostgreSQL Server"): idle connections leave most of their share to the page cache.
 */
export function memoryBudget(memoryKib: number, maxConnections: number): MemoryBudget {
  const eighth = memoryKib / 8;
  const perConnection = (4 * eighth) / maxConnections;
  return {
    sharedBuffers: between(16 * MIB, 2 * eighth, Infinity),
    maintenanceWorkMem: between(16 * MIB, eighth / MAINTENANCE_WORKERS, 1024 * MIB),
    workMem: between(MIB, 2 * (perConnection - BACKEND_KIB), 256 * MIB),
    effectiveCache: between(16 * MIB, 4 * eighth, Infinity),
  };
}

/**
 * Bounds of pg_wal, in KiB. The volume's size is not in the topology, so they follow the memory: 1 GiB to 16 GiB of WAL
 * between checkpoints; as much again, twice, for a standby that is away before its slot is given up.
 */
export function walBudget(memoryKib: number): WalBudget {
  const max = between(1024 * MIB, memoryKib, 16 * 1024 * MIB);
  return { max, min: max / 4, keepForSlots: 2 * max, keepAlways: max / 4 };
}

/** The node with the least memory: what all members must share is sized for it. */
export function smallestMemory(members: readonly PostgresqlMember[]): number {
  return Math.min(...members.map((member) => member.memoryKib));
}
