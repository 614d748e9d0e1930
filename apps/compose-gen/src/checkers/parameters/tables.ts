import type { Accepts } from "@matriarch/topology";
import type { PlatformParameter, PostgresqlTables } from "@matriarch/patroni-config/testing";
import type { Facts, ServerSetting, Validator } from "./facts.ts";

const SPELLINGS: Readonly<Record<string, readonly string[]>> = { on: ["true", "yes", "1"], off: ["false", "no", "0"] };

/** `on` and `off` stand for all that PostgreSQL and Patroni read as them. */
function withSpellings(words: readonly string[]): Set<string> {
  return new Set(words.flatMap((word) => [word, ...(SPELLINGS[word] ?? [])]));
}

/** Words that a check of Patroni lets through; `undefined`: any. */
function wordsOf({ type, words }: Validator): Set<string> | undefined {
  const lower = (words ?? []).map((word) => word.toLowerCase());
  if (type === "Enum") return new Set(lower);
  if (type === "EnumBool") return withSpellings([...lower, "on", "off"]);
  return type === "Bool" ? withSpellings(["on", "off"]) : undefined;
}

/**
 * The words that everybody takes, without those that only spell `on` and `off` otherwise.
 * @throws RangeError where one of these is not taken: a row could not say so
 */
function meetWords(name: string, { words, taken }: Facts["parameters"][string], checks: readonly Validator[]): string[] {
  const listed = (words ?? ["on", "off"]).map((word) => word.toLowerCase());
  const sets = checks.flatMap((check) => wordsOf(check) ?? []);
  // None taken: PostgreSQL could not be tried.
  const all = [...sets, ...(taken.length === 0 ? [] : [new Set(taken)])];
  const isTaken = (word: string) => all.every((set) => set.has(word));
  const kept = listed.filter(isTaken);
  const odd = [...withSpellings(kept)].filter((word) => !isTaken(word));
  if (odd.length > 0) throw new RangeError(`${name} takes ${kept.join(", ")}, but not ${odd.join(", ")}`);
  return kept;
}

/** Checks of Patroni that may come before a number of each kind. */
const NUMBERS: Readonly<Record<"integer" | "real", readonly Validator["type"][]>> = { integer: ["Integer"], real: ["Real", "Integer"] };

/** The largest number of eight bytes, as PostgreSQL prints it: no bound. */
const NO_BOUND = "1.79769e+308";
const boundOf = (max: string | null) => (max === NO_BOUND ? Infinity : Number(max));

/** @throws RangeError where Patroni reads another kind of number, or counts another unit: a row could not say so */
function meetNumbers(name: string, type: "integer" | "real", setting: ServerSetting, checks: readonly Validator[]): Accepts {
  for (const check of checks) {
    const sameUnit = check.unit === setting.unit;
    if (!NUMBERS[type].includes(check.type) || !sameUnit) {
      throw new RangeError(`${name} is ${type} (${setting.unit ?? "no unit"}), to Patroni ${check.type} (${check.unit ?? "no unit"})`);
    }
  }
  const least = checks.map(({ min }) => min ?? -Infinity);
  const most = checks.map(({ max }) => max ?? Infinity);
  return {
    type,
    min: Math.max(Number(setting.min), ...least),
    max: Math.min(boundOf(setting.max), ...most),
    ...(setting.unit === null ? {} : { unit: setting.unit }),
  };
}

function acceptsOf(name: string, setting: Facts["parameters"][string], lists: Facts["lists"]): Accepts {
  const checks = [setting.patroni, setting.shared].filter((check) => check !== null);
  switch (setting.type) {
    case "bool": {
      const words = meetWords(name, setting, checks);
      return words.length === 2 ? { type: "switch" } : { type: "word", words };
    }
    case "enum":
      return { type: "word", words: meetWords(name, setting, checks) };
    case "integer":
    case "real":
      return meetNumbers(name, setting.type, setting, checks);
    case "string": {
      const words = lists[name];
      return words === undefined ? { type: "text" } : { type: "list", words };
    }
  }
}

function sorted<Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function parametersOf(rows: Facts["parameters"], lists: Facts["lists"]): Readonly<Record<string, PlatformParameter>> {
  return sorted(Object.entries(rows).map(([name, row]) => [name, { accepts: acceptsOf(name, row, lists), context: row.context }]));
}

/** Patroni passes parameters of libraries on as they are. */
function libraryParameters(rows: Facts["libraries"][string]): Readonly<Record<string, PlatformParameter>> {
  const unread = Object.entries(rows).map(([name, row]): [string, Facts["parameters"][string]] => [
    name,
    { ...row, taken: [], patroni: null, shared: null },
  ]);
  return parametersOf(Object.fromEntries(unread), {});
}

/** The tables of a platform, from what its programs say. */
export function tablesOf(facts: Facts): PostgresqlTables {
  return {
    versions: { postgresql: facts.versions.postgresql, patroni: facts.versions.patroni },
    parameters: parametersOf(facts.parameters, facts.lists),
    libraries: sorted(Object.entries(facts.libraries).map(([library, rows]) => [library, libraryParameters(rows)] as const)),
    timeZones: facts.timeZones.toSorted(),
    locales: facts.locales.toSorted(),
    encodings: facts.encodings.toSorted(),
    abbreviations: facts.abbreviations.toSorted(),
    curves: facts.curves.toSorted(),
    maxStackDepth: facts.maxStackDepth,
  };
}

/** Each word with a bit for every suite that it stands for, the first suite lowest. */
export function cipherWords({ words }: Facts["ciphers"]): Readonly<Record<string, bigint>> {
  return sorted(
    Object.entries(words).map(([word, places]) => [word, places.reduce((bits, place) => bits | (1n << BigInt(place)), 0n)] as const),
  );
}
