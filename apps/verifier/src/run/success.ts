import type { Event } from "../history/event.ts";

/** A write where nobody may write: it is sent to be refused. */
const READ_ONLY = "25006";

/** What clients want answered: not the questions to nodes, nor the readings of whole tables, nor what is sent to be refused. */
function counts(event: Event): event is Exclude<Event, { readonly phase: "invoke" }> {
  if (event.phase === "invoke" || event.f === "ask-role" || event.f === "read-set") return false;
  return event.error?.sqlstate !== READ_ONLY;
}

/** Seconds that the live figure looks back. */
const RECENT = 5;

interface Answer {
  /** Nanoseconds of the history's clock. */
  readonly t: number;
  readonly isOk: boolean;
}

/** How much of what clients ask is acknowledged, while they ask it. */
export interface Success {
  readonly note: (event: Event) => void;
  /** Of the last seconds, in words; `null` as long as nothing was ever answered. `now` in nanoseconds. */
  readonly recent: (now: number) => string | null;
  /** Of everything since this was asked last, in words; `null` where nothing was answered. */
  readonly sinceLast: (now: number) => string | null;
}

function inWords(answers: readonly Answer[], seconds: number): string {
  const share = (100 * answers.filter(({ isOk }) => isOk).length) / answers.length;
  // Rounded, but never up to all of them.
  const percent = share === 100 ? share : Math.min(share, 99.9);
  return `${percent.toFixed(1)} % of ${Math.round(answers.length / seconds)}/s acknowledged`;
}

export function newSuccess(start: number): Success {
  let recent: Answer[] = [];
  let phase: Answer[] = [];
  let since = start;
  let hasAnswers = false;
  return {
    note: (event) => {
      if (!counts(event)) return;
      const answer = { t: event.t, isOk: event.phase === "ok" };
      recent.push(answer);
      phase.push(answer);
      hasAnswers = true;
    },
    recent: (now) => {
      recent = recent.filter(({ t }) => t > now - RECENT * 1e9);
      if (!hasAnswers) return null;
      const words = recent.length === 0 ? "nothing was answered" : inWords(recent, RECENT);
      return `${words} in the last ${RECENT} s`;
    },
    sinceLast: (now) => {
      const words = phase.length === 0 ? null : inWords(phase, Math.max(1, (now - since) / 1e9));
      phase = [];
      since = now;
      return words;
    },
  };
}
