/** How a client connects: once for many operations, or anew for each. */
export type SessionKind = "persistent" | "per-operation";

/**
 * Where an operation was when it failed. `unsent`: its turn came too late, and nobody was asked. From `commit` on, the
 * statement that ends it has been sent. Whatever only reads fails at `read`, at the latest.
 */
export type Place = "unsent" | "connect" | "begin" | "read" | "write" | "commit";

/** `fail`: it did not happen. `info`: nobody knows whether it did. */
export type Outcome = "ok" | "fail" | "info";

/** Who executed an operation, read in its own transaction: behind a balancer addresses tell nothing. */
export interface Server {
  readonly node: string;
  /** `pg_is_in_recovery()`. */
  readonly role: "primary" | "replica";
  /** Of the WAL being written; `null` on a replica. */
  readonly timeline: number | null;
  /** Where it writes WAL; on a replica, up to where it has replayed. */
  readonly lsn: string;
  /** With the node's name, one life of PostgreSQL. */
  readonly postmasterStart: string;
}

export interface OperationError {
  /** `null` where no server answered: a lost connection, a deadline. */
  readonly sqlstate: string | null;
  readonly where: Place;
  readonly message: string;
}

interface Transfer {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** A step of a transaction on lists: the list, and the value to append to it. */
export type Step = readonly ["append", list: number, value: number] | readonly ["read", list: number];

/** What an operation is sent with, and what `ok` answers; `null`: nothing. */
interface Exchange<Value, Result> {
  readonly value: Value;
  readonly result: Result;
}

/** All that clients do, over every workload. Numbers that are written are unique in the history, and chosen by the client. */
export interface Exchanges {
  /** A row into a set. */
  readonly add: Exchange<number, null>;
  /** Every value of a set, as one server has it. */
  readonly "read-set": Exchange<null, readonly number[]>;
  readonly write: Exchange<number, null>;
  /** `null`: never written. */
  readonly read: Exchange<null, number | null>;
  readonly transfer: Exchange<Transfer, null>;
  /** The balances of all accounts, in the order of their numbers. */
  readonly "read-accounts": Exchange<null, readonly number[]>;
  /** One result for each step: what a `read` saw, `null` for an `append`. */
  readonly transact: Exchange<readonly Step[], readonly (readonly number[] | null)[]>;
  /** The heartbeat: its number grows. */
  readonly beat: Exchange<number, null>;
  /** The last heartbeat that a server has (0: none), and the bytes received that it has not replayed. */
  readonly "read-beat": Exchange<null, { readonly beat: number; readonly lag: number }>;
  /** Asks one node, past balancer and pooler; `server` is the answer. */
  readonly "ask-role": Exchange<null, null>;
}

export type FunctionName = keyof Exchanges;

/** What an operation is, before it is sent. */
export interface InvocationOf<F extends FunctionName> {
  /** One operation after the other. Retired after an `info`: what it was doing may still be going on. */
  readonly process: number;
  readonly f: F;
  /** What it is about: a table, a register, a node. */
  readonly key: string;
  readonly value: Exchanges[F]["value"];
  readonly endpoint: string;
  readonly session: SessionKind;
  /** When it was meant to be sent, where a schedule says so. Nanoseconds, as `t`. */
  readonly intended?: number;
}

/** How an operation ended. */
export interface CompletionOf<F extends FunctionName> {
  readonly phase: Outcome;
  /** With `ok`, where there is one. */
  readonly result?: Exchanges[F]["result"];
  readonly error?: OperationError;
  /** Who executed it; also where only the answer to COMMIT is missing. */
  readonly server?: Server;
}

interface Recorded {
  /** Its place in the history, from 0. */
  readonly i: number;
  /** Nanoseconds of the verifier's monotonic clock. */
  readonly t: number;
}

type EventOf<F extends FunctionName> = Recorded & InvocationOf<F> & ({ readonly phase: "invoke" } | CompletionOf<F>);

/** One line of a history. */
export type Event = { readonly [F in FunctionName]: EventOf<F> }[FunctionName];
