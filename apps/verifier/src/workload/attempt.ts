import { type Client, DatabaseError } from "pg";
import type { CompletionOf, OperationError, Place, Server } from "../history/event.ts";
import { outcomeOfCommit, outcomeOfError, WAIT_CANCELLED } from "../history/outcome.ts";
import { SERVER_COLUMNS, serverOf, type ServerRow } from "./server.ts";

/** Runs work that is told when its time is up; rejects then, whether the work has noticed or not. */
async function within<Value>(milliseconds: number, work: (expired: AbortSignal) => Promise<Value>): Promise<Value> {
  const expiry = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const late = new Error(`no answer within ${milliseconds} ms`);
    expiry.abort(late);
    reject(late);
  }, milliseconds);
  try {
    return await Promise.race([work(expiry.signal), promise]);
  } finally {
    clearTimeout(timer);
  }
}

function errorOf(where: Place, error: unknown): OperationError {
  const sqlstate = error instanceof DatabaseError ? (error.code ?? null) : null;
  return { sqlstate, where, message: error instanceof Error ? error.message : String(error) };
}

const CANCELLED: OperationError = {
  sqlstate: WAIT_CANCELLED,
  where: "commit",
  message: "the wait for the synchronous standby was cancelled",
};

/** Gives an open session; none once the signal has fired: nothing may be written after an attempt was given up. */
export type Connect = (expired: AbortSignal) => Promise<Client>;

/**
 * Adds one value to a set, in a transaction of its own: BEGIN and the write have answered before COMMIT is sent, so that
 * an error before that is certain not to have written anything. Never throws. `deadline` is in milliseconds for all of
 * it, a new connection included. A session whose attempt did not end with `ok` has to be closed: it may still be busy.
 */
export async function attemptToAdd(connect: Connect, key: string, value: number, deadline: number): Promise<CompletionOf<"add">> {
  let where: Place = "connect";
  let server: Server | undefined;
  const add = async (expired: AbortSignal): Promise<CompletionOf<"add">> => {
    const session = await connect(expired);
    const warnings: string[] = [];
    const listen = ({ code }: { readonly code?: string | undefined }) => void warnings.push(code ?? "");
    session.on("notice", listen);
    where = "begin";
    await session.query("BEGIN");
    expired.throwIfAborted();
    where = "write";
    const { rows } = await session.query<ServerRow>(`INSERT INTO ${key} (value) VALUES ($1) RETURNING ${SERVER_COLUMNS}`, [value]);
    expired.throwIfAborted();
    server = rows[0] && serverOf(rows[0]);
    where = "commit";
    const { command } = await session.query("COMMIT");
    session.off("notice", listen);
    const phase = outcomeOfCommit(command, warnings);
    return { phase, ...(phase === "info" && { error: CANCELLED }), ...(server && { server }) };
  };
  try {
    return await within(deadline, add);
  } catch (thrown) {
    const error = errorOf(where, thrown);
    return { phase: outcomeOfError(where, error.sqlstate), error, ...(server && { server }) };
  }
}
