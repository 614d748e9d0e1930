import {
  type Accepts,
  describeAccepts,
  type Dialect,
  isWithin,
  type NumberAccepts,
  type ParameterValue,
  type PlatformId,
} from "@matriarch/topology";
import { wordsOf } from "../parameter.ts";
import { HOST_NAME } from "./accepts.ts";
import { hasForm } from "./forms.ts";

/** Microseconds in a unit of time. */
const UNITS: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6, m: 6e7, h: 3.6e9, d: 8.64e10 };

/** A time in the unit of the row, rounded up as `parse_time_err()` of src/tools.c does; `undefined` where it is none. */
function readTime(word: string, unit: string): number | undefined {
  const [, digits = "", suffix = unit] = /^(\d+)(us|ms|s|m|h|d)?$/.exec(word) ?? [];
  return digits === "" ? undefined : Math.ceil((Number(digits) * (UNITS[suffix] ?? 1)) / (UNITS[unit] ?? 1));
}

function readNumber(word: string, { unit }: NumberAccepts): number | undefined {
  if (unit !== undefined) return readTime(word, unit);
  return /^-?\d+$/.test(word) ? Number(word) : undefined;
}

/** Whether HAProxy reads the value as what it says. `false` leaves a directive out, whatever it is. */
function isReadable(accepts: Accepts, value: ParameterValue, platform: PlatformId): boolean {
  if (value === false) return true;
  if (value === true) return accepts.type === "switch" || accepts === HOST_NAME;
  const words = wordsOf(value) ?? [];
  const [word = ""] = words;
  switch (accepts.type) {
    case "switch":
      return false;
    case "integer":
    case "real": {
      const number = readNumber(word, accepts);
      return words.length === 1 && number !== undefined && isWithin(number, accepts);
    }
    case "word":
      return words.length === 1 && accepts.words.includes(word);
    case "list":
      return words.length === 1 && word.split(",").every((item) => accepts.words?.includes(item) ?? true);
    case "text":
      return hasForm(accepts, words, platform);
  }
}

const HINTS: Readonly<Record<Accepts["type"], string>> = {
  switch: "Write true for the bare keyword, or false to leave it out.",
  integer: "Write digits only: HAProxy passes over what follows them. A time may have one unit: us, ms, s, m, h or d.",
  real: "Write digits only.",
  word: "Write one of them, in quotes.",
  list: "Write them with commas and without blanks.",
  text: "Write it as HAProxy's manual shows it, in quotes.",
};

/** How HAProxy reads the lines of its global section. */
export const DIALECT: Dialect<"haproxy"> = {
  section: "haproxy",
  title: "HAProxy",
  version: ({ platform }) => platform.versions.haproxy,
  canonical: (key) => key,
  usual: (key) => key.toLowerCase().replaceAll("_", "-"),
  refuse: (accepts, value, { platform }) =>
    isReadable(accepts, value, platform.id) ? undefined : { mustBe: describeAccepts(accepts), hint: HINTS[accepts.type] },
  consequence: {
    unknown: "it does not start with what it does not know, and the name of a section would open one",
    invalid: "it would not start, or read something else",
  },
  manual: "the global section in HAProxy's manual; other sections are rendered from the rest of the topology",
};
