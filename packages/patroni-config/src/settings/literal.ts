import type { ParameterValue } from "@matriarch/topology";

/** Numbers of bytes and of milliseconds, the largest unit first. */
const MEMORY: readonly (readonly [string, number])[] = [
  ["TB", 1024 ** 4],
  ["GB", 1024 ** 3],
  ["MB", 1024 ** 2],
  ["kB", 1024],
  ["B", 1],
];
const TIME: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
  ["ms", 1],
  ["us", 1e-3],
];

/** Units that a value may have where a bare number counts this one; none where it may have none. */
export function unitsBeside(unit: string | undefined): readonly string[] {
  return tableOf(unit).map(([name]) => name);
}

function tableOf(unit: string | undefined): readonly (readonly [string, number])[] {
  if (unit === undefined) return [];
  return [MEMORY, TIME].find((table) => table.some(([name]) => name === withoutCount(unit))) ?? [];
}

const withoutCount = (unit: string) => unit.replace(/^\d+/, "");

/** What a bare number counts, in the smallest unit of the table: `8kB` is 8192 bytes. */
function sizeOf(unit: string): number {
  const each = tableOf(unit).find(([name]) => name === withoutCount(unit))?.[1] ?? 1;
  return Number(/^\d+/.exec(unit)?.[0] ?? 1) * each;
}

/** To the nearest whole number, halves to the even one, as C's rint and Python's round do. */
function rint(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** A number with a unit, counted in `unit`; parts are rounded to whole multiples of the next smaller unit. */
function convert(value: number, name: string, unit: string): number | undefined {
  const table = tableOf(unit);
  const place = table.findIndex(([candidate]) => candidate === name);
  if (place === -1) return undefined;
  const counted = (value * (table[place]?.[1] ?? 1)) / sizeOf(unit);
  const smaller = table[place + 1];
  if (smaller === undefined) return counted;
  const step = smaller[1] / sizeOf(unit);
  return rint(counted / step) * step;
}

const INTEGER = /^([-+]?)(?:0x([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))/;
const REAL = /^[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?/;
const BLANKS = /^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g;

/** A number and what stands behind it. */
type Leading = readonly [number: number, rest: string];

/** The smallest number of eight bytes that keeps all its digits: C's strtod reports what lies below, and PostgreSQL refuses it. */
const SMALLEST = 2 ** -1022;

function leadingReal(text: string): Leading | undefined {
  const [all] = REAL.exec(text) ?? [];
  const number = Number(all);
  const isInRange = Number.isFinite(number) && (number === 0 || Math.abs(number) >= SMALLEST);
  return all === undefined || !isInRange ? undefined : [number, text.slice(all.length)];
}

function leadingInteger(text: string): Leading | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return text.startsWith(".") ? leadingReal(text) : undefined;
  const [all, sign, hexadecimal, octal, decimal] = match;
  const rest = text.slice(all.length);
  if (/^[.eE]/.test(rest)) return leadingReal(text);
  const [digits = "", base] = hexadecimal !== undefined ? [hexadecimal, 16] : octal !== undefined ? [octal, 8] : [decimal, 10];
  return [(sign === "-" ? -1 : 1) * Number.parseInt(digits, base), rest];
}

/**
 * A number as both read it, Patroni before it writes the file and PostgreSQL out of it; `undefined` where one of them does
 * not. Sources: strtol, strtod and parse_int in patroni/utils.py; parse_int, parse_real and convert_to_base_unit in
 * src/backend/utils/misc/guc.c. What only PostgreSQL reads (`1.`, `0X10`) Patroni drops.
 * @param unit what a bare number counts; absent: a unit is refused
 * @returns a number of that unit
 */
export function readNumber(value: ParameterValue, type: "integer" | "real", unit?: string): number | undefined {
  const text = String(value).replaceAll(BLANKS, "");
  const [number, rest] = (type === "integer" ? leadingInteger(text) : leadingReal(text)) ?? [];
  if (number === undefined || rest === undefined) return undefined;
  const name = rest.replaceAll(BLANKS, "");
  const counted = name === "" ? number : unit === undefined ? undefined : convert(number, name, unit);
  return counted === undefined || type === "real" ? counted : rint(counted);
}

const ON = ["on", "true", "yes", "1"];
const OFF = ["off", "false", "no", "0"];

/** On or off as both read it: PostgreSQL takes abbreviations as well (`of`), which Patroni drops. */
export function readSwitch(value: ParameterValue): boolean | undefined {
  const text = String(value).toLowerCase();
  return ON.includes(text) ? true : OFF.includes(text) ? false : undefined;
}

/** The items of a list, in lower case unless quoted; `undefined` where PostgreSQL finds no list (SplitIdentifierString in varlena.c). */
export function readList(value: ParameterValue): string[] | undefined {
  const text = String(value).trim();
  if (text === "") return [];
  const items = text.match(/"(?:[^"]|"")+"|[^",\s]+|,|\S/g) ?? [];
  if (items.length % 2 === 0 || items.some((item, place) => (item === ",") !== (place % 2 === 1) || item === '"')) return undefined;
  return items
    .filter((_, place) => place % 2 === 0)
    .map((item) => (item.startsWith('"') ? item.slice(1, -1).replaceAll('""', '"') : item.toLowerCase()));
}
