import { base64TracesOf } from "./base64.ts";
import { endOf, readingsOf } from "./notation.ts";

/** What stands where a secret stood. */
export const MASK = "•••••";

/** Replaces every known secret in every string of a value: keys, too. Numbers stay as they are. */
export type Mask = <Value>(value: Value) => Value;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function stretchesOf(text: string, wanted: string): Stretch[] {
  const found: Stretch[] = [];
  for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + 1)) found.push({ from, to: from + wanted.length });
  return found;
}

/** Secrets by the character with which they begin. */
type Beginnings = ReadonlyMap<string, readonly string[]>;

function stretchesRead(source: string, secrets: Beginnings): Stretch[] {
  const found: Stretch[] = [];
  for (const reading of readingsOf(source))
    for (let from = 0; from < source.length; from++)
      for (const secret of secrets.get(reading(from)?.text.charAt(0) ?? "") ?? []) {
        const to = endOf(secret, reading, from);
        if (to !== null) found.push({ from, to });
      }
  return found;
}

function cover(source: string, stretches: readonly Stretch[]): string {
  let covered = "";
  let position = 0;
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    if (from >= position) covered += source.slice(position, from) + MASK;
    position = Math.max(position, to);
  }
  return covered + source.slice(position);
}

/**
 * What hides secrets in a value that is about to be saved or shown. A secret is found as it is, escaped for HTML, XML,
 * JSON, SQL or a shell, percent-encoded, and inside of base64; one of several lines (a private key) also by each line
 * that is long enough to be told from others.
 */
export function maskOf(secrets: Iterable<string>): Mask {
  const lines = [...secrets].flatMap((secret) => [secret, ...secret.split("\n").filter((line) => isKeyMaterial(line))]);
  const wanted = [...new Set(lines)].filter((secret) => secret !== "");
  const traces = wanted.flatMap(base64TracesOf);
  const beginnings = Map.groupBy(wanted, (secret) => secret.charAt(0));
  const asItStands = [...wanted, ...traces];
  const stretchesIn = (text: string) => [...asItStands.flatMap((one) => stretchesOf(text, one)), ...stretchesRead(text, beginnings)];
  // No spelling is shorter than what it spells.
  const shortest = asItStands.reduce((least, { length }) => Math.min(least, length), Infinity);
  const hide = remembered((text) => (text.length < shortest ? text : cover(text, stretchesIn(text))));
  const mask = (value: unknown): unknown => {
    if (typeof value === "string") return hide(value);
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [hide(key), mask(part)]));
  };
  return mask as Mask;
}

/** So many different texts are remembered at a time. */
const REMEMBERED = 10_000;

/** The same function, quick about what it was asked before: a history says the same few things hundreds of thousands of times. */
function remembered(hide: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const hidden = hide(text);
    known.set(text, hidden);
    return hidden;
  };
}

/** A line of a key's body, but not the line that says what it is. */
function isKeyMaterial(line: string): boolean {
  return line.length >= 16 && !line.startsWith("-----");
}
