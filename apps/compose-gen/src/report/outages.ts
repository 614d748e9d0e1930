import { styleText } from "node:util";
import type { EndOfStop, Interval, Outcome, Prediction, Term } from "@matriarch/topology";
import { formatTable, wrap } from "./table.ts";

const WIDTH = 110;
const INDENT = "  ";

const ENDS: Record<EndOfStop, string> = {
  return: "until it returns",
  "return-or-operator": "until it returns or an operator acts",
  recovery: "until PostgreSQL has recovered",
};

/** Seconds with one decimal where they have any. */
function formatSeconds(seconds: number): string {
  return String(Math.round(seconds * 10) / 10);
}

/** `18.1 to 27.2`. */
export function formatRange(low: number, high: number): string {
  return low === high ? formatSeconds(low) : `${formatSeconds(low)} to ${formatSeconds(high)}`;
}

function formatInterval({ low, usually, high }: Interval): string {
  const range = formatRange(low, usually);
  return high > usually ? `${range}, rarely ${formatSeconds(high)}` : range;
}

function formatTerm({ name, low, high, rare }: Term): string {
  return `${name} ${rare === undefined ? formatRange(low, high) : `rarely ${formatSeconds(high)}`}`;
}

function summarise(outcome: Outcome): string {
  switch (outcome.kind) {
    case "none":
      return "none";
    case "interval":
      return formatInterval(outcome);
    case "stop":
      return ENDS[outcome.until];
  }
}

function explain(outcome: Outcome): string {
  return outcome.kind === "interval" ? outcome.terms.map(formatTerm).join(", ") : outcome.why;
}

/** The predicted write outages: a line for each fault, and below it what it consists of. */
export function formatOutages(predictions: readonly Prediction[]): string[] {
  const rows = formatTable(
    predictions.map(({ what, outcome }) => [what, summarise(outcome)]),
    [],
  );
  return [
    styleText("bold", "Write outages, predicted in seconds"),
    ...predictions.flatMap(({ outcome }, index) => [
      `${INDENT}${rows[index] ?? ""}`,
      ...wrap(explain(outcome), WIDTH - 2 * INDENT.length).map((line) => `${INDENT}${INDENT}${styleText("dim", line)}`),
    ]),
  ];
}
