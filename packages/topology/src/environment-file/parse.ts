import type { Diagnostic, Finding } from "../diagnostic.ts";
import { MAX_TEXT_LENGTH } from "../text/limits.ts";
import { type Complaint, COMPLAINTS } from "./complaint.ts";
import { type Content, type Line, readLines } from "./line.ts";

/** What an environment file holds. */
export interface ParsedEnvironment {
  /** Values by variable, blank ones included. */
  readonly values: Readonly<Record<string, string>>;
  /** Errors only, in the order of the file. They name variables and never quote a value. */
  readonly diagnostics: readonly Diagnostic[];
  /** Gives a finding about a variable its place: where the value stands, or the start of the file where it is not there. */
  readonly locate: (finding: Finding) => Diagnostic;
}

type Assignment = Extract<Content, { kind: "assignment" }>;

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Assignments {
  readonly assignments: readonly Assignment[];
  /** Where each variable's value stands. */
  readonly places: ReadonlyMap<string, Place>;
  readonly diagnostics: readonly Diagnostic[];
}

function placeOf(line: Line, offset: number): Place {
  return { line: line.number, column: offset - line.start + 1 };
}

function complaintAt(file: string, place: Place, variable: string | undefined, { code, message, hint }: Complaint): Diagnostic {
  const subject = variable === undefined ? `Line ${place.line}` : `The variable ${variable}`;
  return {
    code,
    severity: "error",
    path: [],
    ...(variable !== undefined && { variable }),
    message: `${subject}: ${message}`,
    hint,
    file,
    ...place,
  };
}

/** The lines that give a variable its value, and what is wrong with the others. */
export function assignmentsIn(text: string, file: string): Assignments {
  if (text.length > MAX_TEXT_LENGTH) {
    return {
      assignments: [],
      places: new Map(),
      diagnostics: [complaintAt(file, { line: 1, column: 1 }, undefined, COMPLAINTS.tooLarge)],
    };
  }
  const diagnostics: Diagnostic[] = [];
  const assignments = new Map<string, Assignment>();
  const places = new Map<string, Place>();
  for (const line of readLines(text)) {
    const { content } = line;
    if (content.kind === "complaint") diagnostics.push(complaintAt(file, placeOf(line, content.at), content.name, content.complaint));
    if (content.kind !== "assignment") continue;
    if (assignments.has(content.name)) {
      diagnostics.push(complaintAt(file, placeOf(line, line.start), content.name, COMPLAINTS.duplicate));
      continue;
    }
    assignments.set(content.name, content);
    places.set(content.name, placeOf(line, content.start));
  }
  return { assignments: [...assignments.values()], places, diagnostics };
}

/**
 * Reads an environment file. The grammar is that part of docker compose's own (2.26) which no reader can take for
 * something else: what compose would expand, unescape into a control character or continue on the next line is an error.
 * @param text as `decodeUtf8` gives it, so that bytes that are no UTF-8 can be told
 * @param file the name to show in messages; nothing is read from it
 */
export function parseEnvironment(text: string, file: string): ParsedEnvironment {
  const { assignments, places, diagnostics } = assignmentsIn(text, file);
  const locate = (finding: Finding): Diagnostic => ({
    ...finding,
    file,
    ...(places.get(finding.variable ?? "") ?? { line: 1, column: 1 }),
  });
  return { values: Object.fromEntries(assignments.map(({ name, value }) => [name, value])), diagnostics, locate };
}
