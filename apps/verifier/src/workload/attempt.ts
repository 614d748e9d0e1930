import { type Client, DatabaseError } from "pg";
import type { OperationError, Outcome, Place, Server } from "./history.ts";
import { outcomeOfCommit, outcomeOfError } from "./outcome.ts";

/** How one attempt to write ended. */
export interface Attempt {
  readonly phase: Outcome;
  readonly server?: Server;
  readonly error?: OperationError;
}

interface Identity {
  readonly node: string;
  readonly started: string;
  readonly wal: string;
  readonly lsn: string;
}

const IDENTITY = `current_setting('matriarch.node') AS node, pg_postmaster_start_time()::text AS started,
  pg_walfile_name(pg_current_wal_insert_lsn()) AS wal, pg_current_wal_insert_lsn()::text AS lsn`;

/** The first eight digits of a WAL file's name are its timeline. */
function serverOf({ node, started, wal, lsn }: Identity): Server {
  return { node, timeline: parseInt(wal.slice(0, 8), 16), lsn, postmasterStart: started };
}

function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}

function errorOf(where: Place, error: unknown): OperationError {
  const sqlstate = error instanceof DatabaseError ? (error.code ?? null) : null;
  return { sqlstate, where, message: error instanceof Error ? error.message : String(error) };
}

/**
 * Adds one value to a set, in a transaction of its own: BEGIN and the write have answered before COMMIT is sent, so that
 * an error before that is certain not to have written anything. Never throws. `deadline` is in milliseconds for all of
 * it, a new connection included; a session whose attempt did not end with `ok` is of no more use.
 */
export async function attemptToAdd(connect: () => Promise<Client>, key: string, value: number, deadline: number): Promise<Attempt> {
  let where: Place = "connect";
  const warnings: string[] = [];
  const add = async (): Promise<Attempt> => {
    const session = await connect();
    session.on("notice", ({ code }) => warnings.push(code ?? ""));
    where = "begin";
    await session.query("BEGIN");
    where = "write";
    const { rows } = await session.query<Identity>(`INSERT INTO ${key} (value) VALUES ($1) RETURNING ${IDENTITY}`, [value]);
    where = "commit";
    const { command } = await session.query("COMMIT");
    session.removeAllListeners("notice");
    const phase = outcomeOfCommit(command, warnings);
    return { phase, ...(rows[0] && { server: serverOf(rows[0]) }) };
  };
  try {
    return await within(deadline, add());
  } catch (error) {
    return { phase: outcomeOfError(where, error instanceof DatabaseError ? (error.code ?? null) : null), error: errorOf(where, error) };
  }
}
