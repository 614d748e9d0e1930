import type { BundleFacts } from "../cluster/bundle.ts";
import { openSession, query, type SessionOptions } from "../cluster/sessions.ts";
import type { Recorder } from "../history/recorder.ts";
import { SERVER_COLUMNS, serverOf, type ServerRow } from "./server.ts";

/** Makes an empty set. Nothing in the table keeps a value from being there twice: that would hide a duplicate. */
export async function createSet(facts: BundleFacts, service: string, key: string): Promise<void> {
  await query(facts, service, `CREATE TABLE ${key} (value bigint NOT NULL)`);
}

export async function dropSet(facts: BundleFacts, service: string, key: string): Promise<void> {
  await query(facts, service, `DROP TABLE ${key}`);
}

async function readOnce(facts: BundleFacts, service: string, key: string, options: SessionOptions) {
  const session = await openSession(facts, service, options);
  try {
    // One transaction: behind a pooler the next one may be another server's.
    await session.query("BEGIN");
    const [row] = (await session.query<ServerRow>(`SELECT ${SERVER_COLUMNS}`)).rows;
    const { rows } = await session.query<{ value: string }>(`SELECT value FROM ${key}`);
    await session.query("COMMIT");
    return { values: rows.map(({ value }) => Number(value)), ...(row && { server: serverOf(row) }) };
  } finally {
    await session.end();
  }
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
  try {
    const { values, ...server } = await readOnce(facts, service, key, options);
    done({ phase: "ok", result: values, ...server });
    return values;
  } catch (error) {
    done({ phase: "fail", error: { sqlstate: null, where: "read", message: String(error) } });
    throw error;
  }
}
