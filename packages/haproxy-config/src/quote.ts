import { isPrintable } from "@matriarch/topology";

/** Characters that mean nothing to HAProxy: no quote, no backslash, `#`, `$`, space, or brace of an anonymous ACL. */
const PLAIN = /^[A-Za-z0-9_.:/@,=?&+-]+$/;

/**
 * One word for HAProxy's grammar ("Quoting and escaping" in its manual). Single quotes take everything but themselves as
 * it is; double quotes would expand `$NAME`, and outside of quotes a `#` cuts even inside a word.
 * @throws RangeError on what no line can hold: control characters, line ends, half of a surrogate pair
 */
export function quote(word: string): string {
  if (!isPrintable(word)) throw new RangeError("HAProxy's configuration cannot hold a control character or a line end");
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function quoteValue(value: unknown): unknown {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return value.map(quoteValue);
  return typeof value === "object" && value !== null ? quoteAll(value) : value;
}

/** The same values with every string in them quoted, however deep: ready for a template. */
export function quoteAll(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, quoteValue(value)]));
}
