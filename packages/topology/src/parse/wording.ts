import type { z } from "zod";

const EXPECTED: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

/** Longer text is cut in a message. */
const LONGEST_QUOTE = 60;

/** A value in the words of its reader: `the text "quick"`, `the number 3`, `a list`. */
function describeValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return `the text ${JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value)}`;
    case "number":
      return Number.isFinite(value) ? `the number ${value}` : String(value);
    case "boolean":
      return String(value);
    default:
      return "a mapping";
  }
}

/** The whole complaint: what the value must be, and what it is. A demand of another form stands as it is. */
export function complaintAbout(value: unknown, demand: string): string {
  if (!demand.startsWith("must be")) return demand;
  return value === null || value === undefined ? `is empty; it ${demand}` : `${demand}, not ${describeValue(value)}`;
}

/** What one issue wanted at its place: `a list`, `one of fast, normal`. */
export function expectationOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return EXPECTED[String(issue.expected)] ?? String(issue.expected);
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(", ")}`;
    default:
      return undefined;
  }
}

function limitWording(origin: string, side: "least" | "most", limit: number | bigint): string {
  const noun = { array: "entry", string: "character" }[origin];
  if (noun === undefined) return `must be at ${side} ${limit}`;
  const plural = noun === "entry" ? "entries" : "characters";
  return `must have at ${side} ${limit} ${limit === 1 ? noun : plural}`;
}

/**
 * What one issue demands, to be read after the name of a key: `must be a list`. Messages written at the schema come
 * first; this words everything else, so that no sentence of the library reaches a reader.
 */
export function wordingOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "too_small":
      return limitWording(issue.origin, "least", issue.minimum);
    case "too_big":
      return limitWording(issue.origin, "most", issue.maximum);
    default:
      return `must be ${expectationOf(issue) ?? "of another form"}`;
  }
}
