import type { Diagnostic } from "../diagnostic.ts";
import { type Complaint, COMPLAINTS } from "./complaint.ts";
import { type Content, type Line, readLines } from "./line.ts";

/** What an environment file holds. */
export interface ParsedEnvironment {
  /** Values by variable, blank ones included. */
  readonly values: Readonly<Record<string, string>>;
  /** Errors only, in the order of the file. They name variables and never quote a value. */
  readonly diagnostics: readonly Diagnostic[];
}

type Assignment = Extract<Content, { kind: "assignment" }>;

/** The lines that give a variable its value, and what is wrong with the others. */
export function assignmentsIn(
  text: string,
  file: string,
): { readonly assignments: readonly Assignment[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const assignments = new Map<string, Assignment>();
  const complain = (line: Line, name: string | undefined, { code, message, hint }: Complaint, at: number) => {
    const subject = name === undefined ? `Line ${line.number}` : `The variable ${name}`;
    const path = name === undefined ? [] : [name];
    diagnostics.push({
      code,
      severity: "error",
      path,
      message: `${subject}: ${message}`,
      hint,
      file,
      line: line.number,
      column: at - line.start + 1,
    });
  };
  for (const line of readLines(text)) {
    const { content } = line;
    if (content.kind === "complaint") complain(line, content.name, content.complaint, content.at);
    if (content.kind !== "assignment") continue;
    if (assignments.has(content.name)) complain(line, content.name, COMPLAINTS.duplicate, line.start);
    else assignments.set(content.name, content);
  }
  return { assignments: [...assignments.values()], diagnostics };
}

/**
 * Reads an environment file. The grammar is that part of docker compose's own (2.26) which no reader can take for
 * something else: what compose would expand, unescape into a control character or continue on the next line is an error.
 * @param file the name to show in messages; nothing is read from it
 */
export function parseEnvironment(text: string, file: string): ParsedEnvironment {
  const { assignments, diagnostics } = assignmentsIn(text, file);
  return { values: Object.fromEntries(assignments.map(({ name, value }) => [name, value])), diagnostics };
}
