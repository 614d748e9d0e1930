import type { BundleFacts } from "../cluster/bundle.ts";
import { query, type SessionOptions } from "../cluster/sessions.ts";

/** Makes an empty set. Nothing in the table keeps a value from being there twice: that would hide a duplicate. */
export async function createSet(facts: BundleFacts, service: string, key: string): Promise<void> {
  await query(facts, service, `CREATE TABLE ${key} (value bigint NOT NULL)`);
}

export async function dropSet(facts: BundleFacts, service: string, key: string): Promise<void> {
  await query(facts, service, `DROP TABLE ${key}`);
}

/** Every value of a set, as one server has it. */
export async function readSet(facts: BundleFacts, service: string, key: string, options: SessionOptions = {}): Promise<number[]> {
  const rows = await query<{ value: string }>(facts, service, `SELECT value FROM ${key}`, [], options);
  return rows.map(({ value }) => Number(value));
}
