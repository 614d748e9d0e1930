import { NOT_UTF8, type TextCode, TOO_LARGE } from "../text/limits.ts";

/** Every code that only an environment file can have. */
export const ENVIRONMENT_CODES = [
  "environment-syntax",
  "environment-control-character",
  "environment-expansion",
  "environment-duplicate",
] as const;
/** One of `ENVIRONMENT_CODES`. */
export type EnvironmentCode = (typeof ENVIRONMENT_CODES)[number];

/** Why a line cannot be read. Never quotes a value: it may be a password. */
export interface Complaint {
  readonly code: EnvironmentCode | TextCode;
  readonly message: string;
  readonly hint: string;
}

const SINGLE_QUOTES = "Put the value in single quotes";

export const COMPLAINTS = {
  notAssignment: {
    code: "environment-syntax",
    message: "this is neither `NAME=value` nor a comment.",
    hint: "Write a name of letters, digits and underscores, `=`, and the value; a comment starts with `#`.",
  },
  openSingleQuote: {
    code: "environment-syntax",
    message: "the single quote is not closed on this line.",
    hint: "Close it; a single quote inside is written \\', and a backslash at the end needs double quotes.",
  },
  openDoubleQuote: {
    code: "environment-syntax",
    message: "the double quote is not closed on this line.",
    hint: 'Close it; a double quote inside is written \\" and a backslash \\\\.',
  },
  afterQuote: {
    code: "environment-syntax",
    message: "something follows the closing quote.",
    hint: "End the line there; only a comment may follow.",
  },
  commentAsValue: {
    code: "environment-syntax",
    message: "the value starts with `#`: docker compose takes it for the value, a reader for a comment.",
    hint: `${SINGLE_QUOTES}, or the comment on a line of its own.`,
  },
  whiteSpace: {
    code: "environment-syntax",
    message: "the value holds white space other than the plain space.",
    hint: `${SINGLE_QUOTES}.`,
  },
  expansion: {
    code: "environment-expansion",
    message: "the value holds a `$`, which docker compose would expand.",
    hint: `${SINGLE_QUOTES}: there a dollar is a dollar.`,
  },
  escape: {
    code: "environment-control-character",
    message: "a backslash in the value stands for a control character.",
    hint: `${SINGLE_QUOTES}: there a backslash is a backslash.`,
  },
  controlCharacter: {
    code: "environment-control-character",
    message: "the value holds a control character, or another one that cannot be printed.",
    hint: "Use printable characters only.",
  },
  carriageReturn: {
    code: "environment-control-character",
    message: "a carriage return ends it, without a line feed after it.",
    hint: "End it with a line feed, or with both; the editor calls it the end of the line, Unix or Windows.",
  },
  notUtf8: NOT_UTF8,
  tooLarge: TOO_LARGE,
  duplicate: {
    code: "environment-duplicate",
    message: "this variable has a value already, further up.",
    hint: "Keep one of the two lines.",
  },
} as const satisfies Record<string, Complaint>;
