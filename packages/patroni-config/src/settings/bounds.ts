import type { Accepts } from "@matriarch/topology";
import type { PostgresqlTables } from "../platforms/tables.ts";
import { FORM_OF } from "./forms.ts";

type Narrow = (accepts: Accepts, tables: PostgresqlTables) => Accepts;

const numbers =
  (change: { readonly min?: number; readonly max?: number; readonly also?: readonly number[]; readonly step?: number }): Narrow =>
  (accepts) =>
    accepts.type === "integer" ? { ...accepts, ...change } : accepts;

const without =
  (...refused: readonly string[]): Narrow =>
  (accepts) =>
    accepts.type === "word" ? { ...accepts, words: accepts.words.filter((word) => !refused.includes(word)) } : accepts;

/** Two segments of 16 MB. */
const TWO_SEGMENTS = numbers({ min: 32 });
/** PostgreSQL maps these caches in banks of 16 pages. */
const BANKS = numbers({ step: 16 });

/**
 * What PostgreSQL checks beyond the bounds that pg_settings shows: some at once, some only at the start, some by putting
 * another value in force.
 */
const NARROWER: Readonly<Record<string, Narrow>> = {
  max_stack_depth: (accepts, tables) => numbers({ max: tables.maxStackDepth })(accepts, tables),
  // Containers have no huge pages of their own; `try` takes them where the host has some.
  huge_pages: without("on"),
  // The oldest that Matriarch allows is 1.2, and the newest may not be older.
  ssl_max_protocol_version: without("tlsv1", "tlsv1.1"),
  min_wal_size: TWO_SEGMENTS,
  max_wal_size: TWO_SEGMENTS,
  // Smaller ones are raised to it.
  autovacuum_work_mem: numbers({ min: 64, also: [-1] }),
  wal_buffers: numbers({ min: 4, also: [-1] }),
  vacuum_buffer_usage_limit: numbers({ min: 128, also: [0] }),
  commit_timestamp_buffers: BANKS,
  multixact_member_buffers: BANKS,
  multixact_offset_buffers: BANKS,
  notify_buffers: BANKS,
  serializable_buffers: BANKS,
  subtransaction_buffers: BANKS,
  transaction_buffers: BANKS,
};

/** What a parameter can be, so that a node starts with it and has it in force. */
export function acceptedOf(name: string, accepts: Accepts, tables: PostgresqlTables): Accepts {
  const form = FORM_OF.get(name);
  if (form !== undefined) return { type: "text", form };
  return NARROWER[name]?.(accepts, tables) ?? accepts;
}
