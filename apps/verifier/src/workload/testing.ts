import { type Event, type History, newHistory, type Outcome, type Server } from "./history.ts";

/** A history told by hand: each attempt with its value, when it was sent and answered (in seconds), and by whom. */
export interface Told {
  readonly value: number;
  readonly sent: number;
  readonly answered: number;
  readonly phase?: Outcome;
  readonly node?: string;
  readonly timeline?: number;
}

function moments({ value, sent, answered, phase = "ok", node = "node1", timeline = 1 }: Told, process: number) {
  const operation = { process, f: "add", key: "set", value, endpoint: "app_rw", session: "persistent" } as const;
  const server: Server = { node, timeline, lsn: "0/1", postmasterStart: "2030-01-01" };
  return [
    { at: sent, event: { ...operation, phase: "invoke" } as const },
    { at: answered, event: { ...operation, phase, ...(phase === "ok" ? { server } : {}) } },
  ];
}

/** The events of the attempts told, in the order of time. */
export function eventsOf(...attempts: readonly Told[]): readonly Event[] {
  let clock = 0;
  const history: History = newHistory(() => clock * 1e9);
  const told = attempts.flatMap((attempt, position) => moments(attempt, position));
  for (const { at, event } of told.toSorted((a, b) => a.at - b.at)) {
    clock = at;
    history.record(event);
  }
  return history.events;
}
