import type { CompletionOf, Event, FunctionName, InvocationOf } from "./event.ts";

/** Records what clients do, in the order in which it is seen. */
export interface Recorder {
  readonly events: readonly Event[];
  /**
   * Records that an operation is about to be sent: to be called before anything is. Gives how to record its end, once.
   */
  invoke<F extends FunctionName>(invocation: InvocationOf<F>): (completion: CompletionOf<F>) => void;
  /** A number that was not given before: for values and for processes. */
  next(): number;
}

/**
 * An empty history. `now` gives nanoseconds that never go back; `sink` is handed each event at once, and must have kept it
 * when it returns: what the verifier did is known even when it is killed.
 */
export function newRecorder(now: () => number, sink: (event: Event) => void = () => undefined): Recorder {
  const events: Event[] = [];
  let given = 0;
  const record = (event: object) => {
    const recorded = { i: events.length, ...event, t: now() } as Event;
    events.push(recorded);
    sink(recorded);
  };
  return {
    events,
    invoke: (invocation) => {
      record({ ...invocation, phase: "invoke" });
      return (completion) => record({ ...invocation, ...completion });
    },
    next: () => ++given,
  };
}
