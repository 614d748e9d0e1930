import type { Event } from "../history/event.ts";
import { monotonicNow } from "../history/clock.ts";
import type { Progress } from "./progress.ts";
import type { PhaseRecord } from "./record.ts";
import type { Scenario } from "./scenario.ts";
import { newSuccess } from "./success.ts";

/** Milliseconds between two looks at the live figure. */
const PAUSE = 1000;

/** The parts of a scenario as they come, and how its clients fare in them. */
export interface Phases {
  readonly records: readonly PhaseRecord[];
  readonly begin: (name: string) => void;
  /** Is to see every event of the history. */
  readonly note: (event: Event) => void;
  /** Ends the last one. */
  readonly close: () => void;
}

/** Keeps the phases of a scenario that began at `origin`, in nanoseconds, and tells progress of them until it is closed. */
export function newPhases(scenario: Scenario, progress: Progress, origin: number): Phases {
  const records: PhaseRecord[] = [];
  const success = newSuccess(origin);
  const elapsed = () => (monotonicNow() - origin) / 1e9;
  const end = () => {
    const open = records.pop();
    if (!open) return null;
    const ended = { ...open, to: elapsed() };
    records.push(ended);
    return { name: ended.name, seconds: ended.to - ended.from, figure: success.sinceLast(monotonicNow()) };
  };
  const ticking = setInterval(() => {
    const figure = success.recent(monotonicNow());
    if (figure !== null) progress.figure(figure);
  }, PAUSE);
  return {
    records,
    note: success.note,
    begin: (name) => {
      const former = end();
      records.push({ name, from: elapsed(), to: elapsed() });
      progress.phase(scenario, name, former);
    },
    close: () => {
      clearInterval(ticking);
      end();
    },
  };
}
