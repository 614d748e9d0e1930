import type { Client as Session } from "pg";
import type { BundleFacts } from "../cluster/bundle.ts";
import { openSession, query, type SessionOptions } from "../cluster/sessions.ts";
import type { Recorder } from "../history/recorder.ts";
import { attempt, type Work } from "./attempt.ts";
import { SERVER_COLUMNS, type ServerRow } from "./server.ts";

/** Makes an empty set. Nothing in the table keeps a value from being there twice: that would hide a duplicate. */
export const createSetTable = (key: string): string => `CREATE TABLE ${key} (value bigint NOT NULL)`;

export async function createSet(facts: BundleFacts, service: string, key: string): Promise<void> {
  await query(facts, service, createSetTable(key));
}

export async function dropSet(facts: BundleFacts, service: string, key: string): Promise<void> {
  await query(facts, service, `DROP TABLE ${key}`);
}

/** Milliseconds that the reading of a whole set may take. */
const PATIENCE = 30_000;

/** One row into a set. */
export function adding(key: string, value: number): Work<"add"> {
  return {
    begin: "BEGIN",
    place: "write",
    body: async (send) => {
      const [server] = await send<ServerRow>(`INSERT INTO ${key} (value) VALUES ($1) RETURNING ${SERVER_COLUMNS}`, [value]);
      return { result: null, server };
    },
  };
}

function readingSet(key: string): Work<"read-set"> {
  return {
    begin: "BEGIN",
    place: "read",
    body: async (send) => {
      const [server] = await send<ServerRow>(`SELECT ${SERVER_COLUMNS}`);
      const rows = await send<{ value: string }>(`SELECT value FROM ${key}`);
      return { result: rows.map(({ value }) => Number(value)), server };
    },
  };
}

/** Every value of a set, as one server has it; recorded in the history. Throws what it failed with. */
export async function readSet(
  facts: BundleFacts,
  history: Recorder,
  service: string,
  key: string,
  options: SessionOptions = {},
): Promise<readonly number[]> {
  const done = history.invoke({ process: history.next(), f: "read-set", key, value: null, endpoint: service, session: "per-operation" });
  let session: Session | undefined;
  const connect = async () => (session = await openSession(facts, service, options));
  const { completion } = await attempt(connect, readingSet(key), PATIENCE);
  await session?.end();
  done(completion);
  if (completion.phase !== "ok") throw new Error(`${service}: ${completion.error?.message}`);
  return completion.result ?? [];
}
