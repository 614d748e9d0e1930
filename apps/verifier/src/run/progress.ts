import { styleText } from "node:util";
import type { ScenarioRecord } from "./record.ts";
import type { Scenario } from "./scenario.ts";

/** A part of a scenario that is over. */
interface PhaseEnd {
  readonly name: string;
  readonly seconds: number;
  /** How much of what clients asked was acknowledged in it, in words; `null` where nobody asked. */
  readonly figure: string | null;
}

/** Tells whoever waits what is going on. */
export interface Progress {
  /** `former`: the phase that ended with it; `null` for the first. */
  readonly phase: (scenario: Scenario, name: string, former: PhaseEnd | null) => void;
  /** One short figure that changes while a phase lasts, such as the share of operations that succeed. */
  readonly figure: (text: string) => void;
  readonly ended: (record: ScenarioRecord) => void;
  readonly note: (text: string) => void;
}

const MARKS = { pass: ["✓", "green"], unknown: ["?", "yellow"], fail: ["✗", "red"] } as const;

function outcomeLine({ id, title, verdict, skipped, seconds, checks, again }: ScenarioRecord): string {
  if (skipped !== null) return `- ${id}: ${title}\n    not played: ${skipped}`;
  const [mark, colour] = MARKS[verdict];
  const reasons = checks.flatMap((check) => (check.verdict === "pass" ? [] : [`    ${check.claim}: ${check.reason ?? check.verdict}`]));
  const remedy = verdict === "pass" || again === undefined ? [] : [`    again: ${again}`];
  return [`${styleText(colour, mark)} ${id}: ${title} (${seconds.toFixed(1)} s)`, ...reasons, ...remedy].join("\n");
}

function pastLine({ name, seconds, figure }: PhaseEnd): string {
  return `${name}: ${figure ?? "nobody asked"}, ${seconds.toFixed(1)} s`;
}

/**
 * Progress for a person: one line for each scenario that has ended; at a terminal also a line that changes in place.
 * Elsewhere each phase is a line of its own, with what became of the one before. Everything goes to `write`, standard error
 * as a rule.
 */
export function humanProgress(write: (text: string) => void, isTerminal: boolean): Progress {
  const clear = isTerminal ? "\r\u001B[2K" : "";
  let current = "";
  return {
    phase: ({ id }, name, former) => {
      current = `  ${id}: ${name}`;
      const past = former?.figure == null ? "" : `  (${pastLine(former)})`;
      write(isTerminal ? clear + current : `${current}${past}\n`);
    },
    figure: (text) => {
      if (isTerminal) write(`${clear}${current}  ${text}`);
    },
    ended: (record) => write(`${clear}${outcomeLine(record)}\n`),
    note: (text) => write(`${clear}${text}\n`),
  };
}
