import { cipherSuites, type ParameterValue, type Topology } from "@matriarch/topology";
import { tablesOf } from "../platforms/index.ts";
import { readList } from "./literal.ts";

/** A grammar inside a text, or a list in which the text must stand. */
export interface Form {
  /** To follow "must be". */
  readonly mustBe: string;
  /** What to write, as a sentence. */
  readonly hint: string;
  readonly holds: (text: string, topology: Topology) => boolean;
}

/** Hours east of Greenwich. */
const HOURS = /^(?:[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?|interval\s*'[-+]?[0-9]+(?::[0-9]{2})?')$/i;
const OFFSET = "[-+]?(?:1[0-5]?[0-9]|16[0-7]|[0-9]{1,2})(?::[0-5]?[0-9](?::(?:[0-5]?[0-9]|60))?)?";
const STANDARD = "(?:<[^<>]*>|[^<>0-9,+-]*)";
const DAYLIGHT = "(?:<[^<>]+>|[^<>0-9,:+-][^<>0-9,+-]*)";
const DATE = `(?:J?[0-9]{1,3}|M(?:1[0-2]|[1-9])\\.[1-5]\\.[0-6])(?:/${OFFSET})?`;
/** POSIX's own way to describe a zone: EST5EDT,M3.2.0,M11.1.0 (src/timezone/localtime.c, tzparse). */
const POSIX = new RegExp(`^${STANDARD}${OFFSET}(?:${DAYLIGHT}(?:${OFFSET})?(?:,${DATE},${DATE})?)?$`);

function isTimeZone(text: string, topology: Topology): boolean {
  const lower = text.toLowerCase();
  return POSIX.test(text) || tablesOf(topology).timeZones.some((zone) => zone.toLowerCase() === lower);
}

/** The part of a locale's name before its code set, and the code set as glibc compares it. */
function localeName(name: string): string {
  const [language = "", codeSet] = name.split(".");
  return codeSet === undefined ? language : `${language}.${codeSet.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`;
}

const hasLocale = (text: string, topology: Topology) => tablesOf(topology).locales.some((name) => localeName(name) === localeName(text));

/** Words of DateStyle: what PostgreSQL compares the beginning of a word with, and what it then means. */
const DATE_WORDS: readonly (readonly [RegExp, "style" | "order", string])[] = [
  [/^iso$/, "style", "iso"],
  [/^sql$/, "style", "sql"],
  [/^postgres/, "style", "postgres"],
  [/^german$/, "style", "german"],
  [/^ymd$/, "order", "ymd"],
  [/^(dmy$|euro)/, "order", "dmy"],
  [/^(mdy$|us$|noneuro)/, "order", "mdy"],
];

/** Two styles or two orders contradict each other (check_datestyle in src/backend/commands/variable.c). */
function isDateStyle(text: string): boolean {
  const words = readList(text)?.map((word) => word.toLowerCase());
  const meanings = words?.filter((word) => word !== "default").map((word) => DATE_WORDS.find(([pattern]) => pattern.test(word)));
  if (meanings === undefined || meanings.includes(undefined)) return false;
  const distinct = (kind: "style" | "order") => new Set(meanings.flatMap((meaning) => (meaning?.[1] === kind ? [meaning[2]] : []))).size;
  return distinct("style") <= 1 && distinct("order") <= 1;
}

const LOCALE_HINT = "The image has C, C.UTF-8 and POSIX: leave it out, or write one of them.";

const FORMS = {
  timeZone: {
    mustBe: "a time zone that the image has",
    hint: "Take a name from the view pg_timezone_names, like Europe/Berlin.",
    holds: (text, topology) => HOURS.test(text) || isTimeZone(text, topology),
  },
  logTimeZone: {
    mustBe: "a time zone that the image has",
    hint: "Take a name from the view pg_timezone_names, like Europe/Berlin.",
    holds: isTimeZone,
  },
  locale: { mustBe: "a locale that the image has", hint: LOCALE_HINT, holds: (text, topology) => text === "" || hasLocale(text, topology) },
  messages: { mustBe: "a locale that the image has", hint: LOCALE_HINT, holds: hasLocale },
  ciphers: {
    mustBe: "a list in which the image's OpenSSL finds a cipher suite before TLS 1.3",
    hint: "Leave it out, or write it as `openssl ciphers` takes it, like ECDHE+AESGCM. Suites of TLS 1.3 are always on.",
    holds: (text, { platform }) => cipherSuites(text, platform.id).length > 0,
  },
  curve: {
    mustBe: "an elliptic curve of the image's OpenSSL",
    hint: "Take a name from `openssl ecparam -list_curves`, like prime256v1.",
    holds: (text, topology) => tablesOf(topology).curves.includes(text),
  },
  encoding: {
    mustBe: "an encoding that PostgreSQL converts UTF8 into",
    hint: 'Take a name from "Character Set Support" in PostgreSQL\'s manual, like UTF8.',
    holds: (text, topology) => tablesOf(topology).encodings.includes(text.toLowerCase().replaceAll(/[^a-z0-9]/g, "")),
  },
  abbreviations: {
    mustBe: "Default, Australia or India",
    hint: "Write one of them.",
    holds: (text, topology) => tablesOf(topology).abbreviations.includes(text),
  },
  dateStyle: {
    mustBe: "one style and one order, like ISO, DMY",
    hint: "Styles: ISO, SQL, Postgres, German; orders: YMD, DMY, MDY.",
    holds: isDateStyle,
  },
  slotNames: {
    mustBe: "a list of replication slots",
    hint: "A name of a slot has small letters, digits and underscores.",
    holds: (text) => readList(text)?.every((name) => /^[a-z0-9_]{1,63}$/.test(name)) === true,
  },
  functionNames: {
    mustBe: "a list of C functions",
    hint: "Write their names with commas between.",
    holds: (text) => /^[A-Za-z0-9_, \n\t]*$/.test(text),
  },
} satisfies Readonly<Record<string, Form>>;

/** The name of a form, as `Accepts` carries it. */
export type FormName = keyof typeof FORMS;

export function formOf(name: string | undefined): Form | undefined {
  return Object.entries<Form>(FORMS).find(([candidate]) => candidate === name)?.[1];
}

/** Whether a text has the form that its row asks for. */
export function hasForm(name: string | undefined, value: ParameterValue, topology: Topology): boolean {
  return formOf(name)?.holds(String(value), topology) ?? true;
}

/** Texts that PostgreSQL does not take as they come; it says so at the start, or only in its log at a reload. */
export const FORM_OF: ReadonlyMap<string, FormName> = new Map<string, FormName>([
  ["timezone", "timeZone"],
  ["log_timezone", "logTimeZone"],
  ["lc_messages", "messages"],
  ["lc_monetary", "locale"],
  ["lc_numeric", "locale"],
  ["lc_time", "locale"],
  ["ssl_ciphers", "ciphers"],
  ["ssl_ecdh_curve", "curve"],
  ["client_encoding", "encoding"],
  ["timezone_abbreviations", "abbreviations"],
  ["datestyle", "dateStyle"],
  ["synchronized_standby_slots", "slotNames"],
  ["backtrace_functions", "functionNames"],
]);
