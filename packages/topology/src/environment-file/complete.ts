import type { Diagnostic } from "../diagnostic.ts";
import { type EnvironmentVariable, formatVariable } from "./format.ts";
import { assignmentsIn } from "./parse.ts";
import { quoteValue } from "./value.ts";

/** An environment file with values in place of its blanks. */
export interface CompletedEnvironment {
  /** The text as it was, when it holds errors. */
  readonly text: string;
  /** Variables that were given a value, in the order of the wanted ones. */
  readonly filled: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Puts values where the text leaves them blank, from the end on so that offsets stay true. */
function fillBlanks(text: string, blanks: readonly { readonly start: number; readonly end: number; readonly value: string }[]): string {
  return blanks
    .toSorted((a, b) => b.start - a.start)
    .reduce((filled, { start, end, value }) => filled.slice(0, start) + quoteValue(value) + filled.slice(end), text);
}

/**
 * Gives each wanted variable a value: in place where the file leaves it blank, at the end where it is missing.
 * Every value, line and comment that is there stays byte for byte; a file with errors is not touched at all.
 * @param file the name to show in messages; nothing is read from it or written to it
 */
export function completeEnvironment(text: string, wanted: readonly EnvironmentVariable[], file: string): CompletedEnvironment {
  const { assignments, diagnostics } = assignmentsIn(text, file);
  if (diagnostics.length > 0) return { text, filled: [], diagnostics };
  const written = new Map(assignments.map((assignment) => [assignment.name, assignment]));
  const missing = wanted.filter(({ variable }) => !written.has(variable));
  const blanks = wanted.flatMap(({ variable, value }) => {
    const assignment = written.get(variable);
    return assignment?.value === "" && value !== "" ? [{ variable, value, start: assignment.start, end: assignment.end }] : [];
  });
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const filledText = fillBlanks(text, blanks);
  const gap = missing.length === 0 || /(?:^\uFEFF?|\n)$/u.test(filledText) ? "" : lineEnd;
  const appended = missing.map(formatVariable).join("").replaceAll("\n", lineEnd);
  const given = new Set([...blanks, ...missing.filter(({ value }) => value !== "")].map(({ variable }) => variable));
  const filled = wanted.map(({ variable }) => variable).filter((variable) => given.has(variable));
  return { text: filledText + gap + appended, filled, diagnostics: [] };
}
