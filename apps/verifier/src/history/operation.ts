import type { Event, Exchanges, FunctionName, InvocationOf, OperationError, Outcome, Server } from "./event.ts";

/** One operation from the moment it was sent to its end. Times are nanoseconds of the history's clock. */
export interface OperationOf<F extends FunctionName> extends Required<InvocationOf<F>> {
  /** `info` also where the history ends before the answer. */
  readonly phase: Outcome;
  /** `null` where nothing was answered. */
  readonly result: Exchanges[F]["result"] | null;
  readonly error: OperationError | null;
  readonly server: Server | null;
  readonly invoked: number;
  /** Infinity with `info`: it may take effect at any time. */
  readonly completed: number;
  /** Its events, by their `i`: one without an answer has only the first. */
  readonly events: readonly [number] | readonly [number, number];
}

export type Operation = { readonly [F in FunctionName]: OperationOf<F> }[FunctionName];

type Answer = Exclude<Event, { readonly phase: "invoke" }>;

function operationOf(sent: Event, answer: Answer | undefined): Operation {
  const { i, t, process, f, key, value, endpoint, session, intended = t } = sent;
  const asked = { process, f, key, value, endpoint, session, intended, invoked: t };
  const { phase, result = null, error = null, server = null } = answer ?? { phase: "info" };
  const completed = answer && phase !== "info" ? answer.t : Infinity;
  // Two events of the same function: the compiler cannot tell that the result belongs to the value.
  return { ...asked, phase, result, error, server, completed, events: answer ? [i, answer.i] : [i] } as unknown as Operation;
}

/**
 * The operations of a history, in the order in which they were sent. Throws where it is not one: an answer to nothing, or
 * a process that does two things at once.
 */
export function operationsOf(history: readonly Event[]): readonly Operation[] {
  const answers = new Map<number, Answer>();
  const busy = new Map<number, Event>();
  for (const event of history) {
    const sent = busy.get(event.process);
    if (event.phase === "invoke") {
      if (sent) throw new Error(`event ${event.i}: process ${event.process} sends something while event ${sent.i} waits for its answer`);
      busy.set(event.process, event);
    } else {
      if (sent?.f !== event.f) throw new Error(`event ${event.i}: process ${event.process} is answered what it has not asked`);
      answers.set(sent.i, event);
      busy.delete(event.process);
    }
  }
  return history.filter(({ phase }) => phase === "invoke").map((sent) => operationOf(sent, answers.get(sent.i)));
}

/** The operations of one kind. */
export function only<F extends FunctionName>(operations: readonly Operation[], f: F): readonly OperationOf<F>[] {
  return operations.filter((operation): operation is Operation & OperationOf<F> => operation.f === f);
}

/** An operation that a server acknowledged, and the server. */
export type Acknowledged = Operation & { readonly phase: "ok"; readonly server: Server };

/** Whether it changes something. */
function isWrite({ f, value }: Operation): boolean {
  switch (f) {
    case "add":
    case "write":
    case "transfer":
    case "beat":
      return true;
    case "transact":
      return (value as readonly (readonly unknown[])[]).some(([step]) => step === "append");
    case "read-set":
    case "read":
    case "read-accounts":
    case "read-beat":
    case "ask-role":
      return false;
  }
}

/** The acknowledged writes, in the order of their answers. */
export function acknowledgements(operations: readonly Operation[]): readonly Acknowledged[] {
  return operations
    .filter((operation): operation is Acknowledged => operation.phase === "ok" && operation.server !== null && isWrite(operation))
    .toSorted((a, b) => a.completed - b.completed);
}
