import { styleText } from "node:util";
import type { ScenarioRecord } from "./record.ts";
import type { Scenario } from "./scenario.ts";

/** Tells whoever waits what is going on. */
export interface Progress {
  readonly phase: (scenario: Scenario, name: string) => void;
  /** One short figure that changes while a phase lasts, such as the share of operations that succeed. */
  readonly figure: (text: string) => void;
  readonly ended: (record: ScenarioRecord) => void;
  readonly note: (text: string) => void;
}

const MARKS = { pass: ["✓", "green"], unknown: ["?", "yellow"], fail: ["✗", "red"] } as const;

function outcomeLine({ id, title, verdict, skipped, seconds, checks }: ScenarioRecord): string {
  if (skipped !== null) return `- ${id}: ${title}\n    not played: ${skipped}`;
  const [mark, colour] = MARKS[verdict];
  const reasons = checks.flatMap((check) => (check.verdict === "pass" ? [] : [`    ${check.claim}: ${check.reason ?? check.verdict}`]));
  return [`${styleText(colour, mark)} ${id}: ${title} (${seconds.toFixed(1)} s)`, ...reasons].join("\n");
}

/**
 * Progress for a person: one line for each scenario that has ended; at a terminal also a line that changes in place.
 * Elsewhere each phase is a line of its own. Everything goes to `write`, standard error as a rule.
 */
export function humanProgress(write: (text: string) => void, isTerminal: boolean): Progress {
  const clear = isTerminal ? "\r\u001B[2K" : "";
  let current = "";
  return {
    phase: ({ id }, name) => {
      current = `  ${id}: ${name}`;
      write(isTerminal ? clear + current : `${current}\n`);
    },
    figure: (text) => {
      if (isTerminal) write(`${clear}${current}  ${text}`);
    },
    ended: (record) => write(`${clear}${outcomeLine(record)}\n`),
    note: (text) => write(`${clear}${text}\n`),
  };
}
