import { findStrayByte } from "../text/decode.ts";
import { type Complaint, COMPLAINTS } from "./complaint.ts";
import { readValue } from "./value.ts";

/** One line of an environment file. Offsets count from the start of the text. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly start: number;
  readonly content: Content;
}

export type Content =
  | { readonly kind: "nothing" }
  /** `start` and `end`: where the value stands, quotes included. */
  | { readonly kind: "assignment"; readonly name: string; readonly value: string; readonly start: number; readonly end: number }
  /** `at`: where the reading stopped. */
  | { readonly kind: "complaint"; readonly name: string | undefined; readonly complaint: Complaint; readonly at: number };

const NOTHING_OR_COMMENT = /^[ \t]*(?:#.*)?$/su;
const HEAD = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*/u;

function readContent(line: string, start: number): Content {
  const stray = findStrayByte(line);
  if (stray >= 0) return { kind: "complaint", name: undefined, complaint: COMPLAINTS.notUtf8, at: start + stray };
  if (line.endsWith("\r")) return { kind: "complaint", name: undefined, complaint: COMPLAINTS.carriageReturn, at: start + line.length - 1 };
  if (NOTHING_OR_COMMENT.test(line)) return { kind: "nothing" };
  const [head, name] = HEAD.exec(line) ?? [];
  if (head === undefined || name === undefined || name === "export") {
    return { kind: "complaint", name: undefined, complaint: COMPLAINTS.notAssignment, at: start };
  }
  const at = start + head.length;
  const read = readValue(line.slice(head.length));
  if ("code" in read) return { kind: "complaint", name, complaint: read, at };
  const end = at + read.length;
  return NOTHING_OR_COMMENT.test(line.slice(end - start))
    ? { kind: "assignment", name, value: read.value, start: at, end }
    : { kind: "complaint", name, complaint: COMPLAINTS.afterQuote, at: end };
}

/** Cuts a text into its lines. A byte order mark at its start and a carriage return before a line feed are no content. */
export function readLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  const written = text.slice(start).split("\n");
  for (const [index, line] of written.entries()) {
    const isEnded = index < written.length - 1;
    lines.push({ number: index + 1, start, content: readContent(isEnded ? line.replace(/\r$/u, "") : line, start) });
    start += line.length + 1;
  }
  return lines;
}
