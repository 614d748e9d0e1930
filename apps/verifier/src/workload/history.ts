/** How a writer connects: once for many attempts, or anew for each. */
export type SessionKind = "persistent" | "per-operation";

/** Where an attempt was when it failed. From `commit` on the statement that ends it has been sent. */
export type Place = "connect" | "begin" | "write" | "commit";

/** `fail`: it did not happen. `info`: nobody knows whether it did. */
export type Outcome = "ok" | "fail" | "info";

/** Who executed an attempt, read in its own transaction: behind a balancer addresses tell nothing. */
export interface Server {
  readonly node: string;
  readonly timeline: number;
  readonly lsn: string;
  readonly postmasterStart: string;
}

export interface OperationError {
  /** `null` where no server answered: a lost connection, a deadline. */
  readonly sqlstate: string | null;
  readonly where: Place;
  readonly message: string;
}

export interface Event {
  readonly i: number;
  /** One attempt after the other. Retired after an `info`: what it was doing may still be going on. */
  readonly process: number;
  readonly f: "add";
  /** The set that is added to. */
  readonly key: string;
  /** Unique in the history, chosen by the client. */
  readonly value: number;
  readonly phase: "invoke" | Outcome;
  /** Nanoseconds of the verifier's monotonic clock. */
  readonly t: number;
  readonly endpoint: string;
  readonly session: SessionKind;
  readonly error?: OperationError;
  /** Who executed it; also where only the answer to COMMIT is missing. */
  readonly server?: Server;
}

/** An acknowledged write: its answer, and when it was sent. */
export interface Acknowledgement {
  readonly value: number;
  readonly invoked: number;
  readonly completed: number;
  readonly server: Server;
}

/** Everything that writers did, in the order in which it was seen. */
export interface History {
  readonly events: readonly Event[];
  record(event: Omit<Event, "i" | "t">): void;
  /** A number that was not given before: for values and for processes. */
  next(): number;
}

/** Nanoseconds since an arbitrary moment; never goes back. A double holds 104 days of them exactly. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint());
}

export function newHistory(now: () => number = monotonicNow): History {
  const events: Event[] = [];
  let given = 0;
  return {
    events,
    record: (event) => void events.push({ i: events.length, ...event, t: now() }),
    next: () => ++given,
  };
}

/** The acknowledged writes, in the order of their answers. */
export function acknowledgements(events: readonly Event[]): Acknowledgement[] {
  const invoked = new Map(events.filter(({ phase }) => phase === "invoke").map(({ value, t }) => [value, t]));
  return events.flatMap(({ phase, value, t, server }) =>
    phase === "ok" && server ? [{ value, invoked: invoked.get(value) ?? t, completed: t, server }] : [],
  );
}
