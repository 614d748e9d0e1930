import { isPrintable } from "../printable.ts";
import { type Complaint, COMPLAINTS } from "./complaint.ts";

/** A value, and how many characters it takes as written, quotes included. */
export interface WrittenValue {
  readonly value: string;
  readonly length: number;
}

type Read = (text: string) => WrittenValue | Complaint;

/** Literal but for `\'`; docker compose keeps a backslash before anything else, a second backslash included. */
const readSingleQuoted: Read = (text) => {
  const [written, inner = ""] = /^'((?:[^'\\]|\\.)*)'/su.exec(text) ?? [];
  return written === undefined ? COMPLAINTS.openSingleQuote : { value: inner.replaceAll("\\'", "'"), length: written.length };
};

const readDoubleQuoted: Read = (text) => {
  const [written, inner = ""] = /^"((?:[^"\\]|\\.)*)"/su.exec(text) ?? [];
  if (written === undefined) return COMPLAINTS.openDoubleQuote;
  const unescaped = inner.replace(/\\[\\"$]/gu, "");
  if (/\\[abcfnrtv0]/u.test(unescaped)) return COMPLAINTS.escape;
  if (unescaped.includes("$")) return COMPLAINTS.expansion;
  return { value: inner.replace(/\\([\\"$])/gu, "$1"), length: written.length };
};

const readUnquoted: Read = (text) => {
  const value = (text.split(" #", 1)[0] ?? "").trimEnd();
  if (value.startsWith("#")) return COMPLAINTS.commentAsValue;
  if (value.includes("$")) return COMPLAINTS.expansion;
  return /[^\S ]/u.test(value) ? COMPLAINTS.whiteSpace : { value, length: value.length };
};

/** Reads the value that a line holds from its first character on. */
export function readValue(text: string): WrittenValue | Complaint {
  if (!isPrintable(text)) return COMPLAINTS.controlCharacter;
  if (text.startsWith("'")) return readSingleQuoted(text);
  if (text.startsWith('"')) return readDoubleQuoted(text);
  return readUnquoted(text);
}

/**
 * Writes a value so that docker compose and `readValue` both read it back: bare where nothing can be mistaken, in
 * single quotes where those are literal, else in double quotes.
 * @throws RangeError when the value holds what cannot be printed
 */
export function quoteValue(value: string): string {
  if (!isPrintable(value)) throw new RangeError("a value of the environment file must be printable");
  if (/^[A-Za-z0-9_.:/@%+,=-]*$/u.test(value)) return value;
  if (!value.includes("'") && !value.endsWith("\\")) return `'${value}'`;
  return `"${value.replace(/[\\"$]/gu, "\\$&")}"`;
}
