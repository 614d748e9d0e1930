import { type Client, DatabaseError } from "pg";
import type { CompletionOf, Exchanges, FunctionName, OperationError, Place, Server } from "../history/event.ts";
import { outcomeOfCommit, outcomeOfError, WAIT_CANCELLED } from "../history/outcome.ts";
import { serverOf, type ServerRow } from "./server.ts";
import { reasonOf } from "../reason.ts";

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
  return { sqlstate, where, message: reasonOf(error) };
}

const CANCELLED: OperationError = {
  sqlstate: WAIT_CANCELLED,
  where: "commit",
  message: "the wait for the synchronous standby was cancelled",
};

/** Gives an open session; none once the signal has fired: nothing may be written after an attempt was given up. */
export type Connect = (expired: AbortSignal) => Promise<Client>;

/** Sends one statement of a transaction, and gives its rows. */
type Send = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** One transaction. */
export interface Work<F extends FunctionName> {
  readonly begin: "BEGIN" | "BEGIN ISOLATION LEVEL REPEATABLE READ" | "BEGIN ISOLATION LEVEL SERIALIZABLE";
  /** Whether it changes anything: whatever only reads has failed when its COMMIT has. */
  readonly place: "read" | "write";
  /** What is sent between BEGIN and COMMIT. Gives the server's row as well, selected in there. Throws where it is not to be committed. */
  readonly body: (send: Send) => Promise<{ readonly result: Exchanges[F]["result"]; readonly server: ServerRow | undefined }>;
  /** SQLSTATEs after which the session goes on: it is well, and what the server says of the transaction was to be expected. */
  readonly expected?: readonly string[];
}

export interface Attempt<F extends FunctionName> {
  readonly completion: CompletionOf<F>;
  /** Whether the session can be used again. Any other has to be closed: it may still be busy, or is where it should not be. */
  readonly reusable: boolean;
}

/** Milliseconds to end a transaction that failed as expected. */
const ROLLBACK = 1000;

/**
 * Carries out one transaction. BEGIN and everything in it has answered before COMMIT is sent, so that an error before that
 * is certain not to have written anything. Never throws. `deadline` is in milliseconds for all of it, a new connection
 * included.
 */
export async function attempt<F extends FunctionName>(connect: Connect, work: Work<F>, deadline: number): Promise<Attempt<F>> {
  let where: Place = "connect";
  let session: Client | undefined;
  let server: Server | undefined;
  const warnings: string[] = [];
  const listen = ({ code }: { readonly code?: string | undefined }) => void warnings.push(code ?? "");
  const transact = async (expired: AbortSignal): Promise<CompletionOf<F>> => {
    const open = (session = await connect(expired));
    open.on("notice", listen);
    where = "begin";
    await open.query(work.begin);
    where = work.place;
    const done = await work.body(async <Row extends object>(text: string, values: readonly unknown[] = []) => {
      expired.throwIfAborted();
      return (await open.query<Row>(text, [...values])).rows;
    });
    expired.throwIfAborted();
    server = done.server && serverOf(done.server);
    if (work.place === "write") where = "commit";
    const { command } = await open.query("COMMIT");
    const phase = outcomeOfCommit(command, warnings);
    const answer = { ...(phase === "ok" && { result: done.result }), ...(phase === "info" && { error: CANCELLED }) };
    return { phase, ...answer, ...(server && { server }) };
  };
  try {
    const completion = await within(deadline, transact);
    return { completion, reusable: completion.phase === "ok" };
  } catch (thrown) {
    const error = errorOf(where, thrown);
    const expected = error.sqlstate !== null && (work.expected?.includes(error.sqlstate) ?? false);
    const reusable = expected && (await within(ROLLBACK, async () => session?.query("ROLLBACK")).catch(() => null)) != null;
    return { completion: { phase: outcomeOfError(where, error.sqlstate), error, ...(server && { server }) }, reusable };
  } finally {
    session?.off("notice", listen);
  }
}
