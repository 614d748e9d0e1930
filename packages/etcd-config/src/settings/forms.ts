import { type Accepts, type PlatformId } from "@matriarch/topology";
import { TABLES } from "../platforms/tables.ts";
import { CIPHER_SUITES, LOG_OUTPUTS, RETENTION, ROTATION } from "./accepts.ts";

/** Nanoseconds in a unit of Go's `time.ParseDuration`. */
const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, "\u00B5s": 1e3, "\u03BCs": 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };
const DURATION = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00B5s|\u03BCs|ms|s|m|h))+)$/;
const LARGEST = 2 ** 63;

/** Nanoseconds of a duration as Go reads it; `undefined` for none, also where it does not fit into 64 bits. */
export function readDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|\u00B5s|\u03BCs|ms|s|m|h)/g)];
  const sum = parts.reduce((all, [, number = "", unit = ""]) => all + Number(number) * (UNITS[unit] ?? 0), 0);
  return sum < LARGEST ? (text.startsWith("-") ? -sum : sum) : undefined;
}

/** A count of hours, or of revisions, is multiplied within 64 bits. */
const MOST_HOURS = 2_562_047;

/** Nothing at all is none: it never compacts. */
function isRetention(text: string): boolean {
  if (text === "") return true;
  return /^[-+]?\d+$/.test(text) && Number(text) >= 0 ? Number(text) <= MOST_HOURS : readDuration(text) !== undefined;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const items = (text: string) => text.split(",").map((item) => item.trim());

const isLogOutputs = (outputs: readonly string[]) =>
  outputs.every((output) => /^(?:stderr|stdout|default|\/var\/lib\/etcd\/.+)$/.test(output)) &&
  (outputs.length === 1 || !outputs.includes("default"));

/** Grammars inside a text. */
const FORMS: ReadonlyMap<Accepts, (text: string, platform: PlatformId) => boolean> = new Map<
  Accepts,
  (text: string, platform: PlatformId) => boolean
>([
  [RETENTION, isRetention],
  [ROTATION, isObject],
  [LOG_OUTPUTS, (text) => isLogOutputs(items(text))],
  [CIPHER_SUITES, (text, platform) => items(text).every((suite) => TABLES[platform].suites.includes(suite))],
]);

/** Whether a text has the form that a row asks for. */
export function hasForm(accepts: Accepts, text: string, platform: PlatformId): boolean {
  return FORMS.get(accepts)?.(text, platform) ?? true;
}
