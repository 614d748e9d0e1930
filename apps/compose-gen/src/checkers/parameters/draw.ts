import {
  type FormName,
  type PostgresqlTables,
  postgresqlSettings,
  readNumber,
  tablesOf,
  unitsBeside,
} from "@matriarch/patroni-config/testing";
import { type FreeSetting, type NumberAccepts, type ParameterValue, type Topology } from "@matriarch/topology";
import fc from "fast-check";

/** A parameter and a value that somebody may write. */
export type Written = readonly [key: string, value: ParameterValue];

type Row = FreeSetting<never, unknown>;

/** Every parameter that a topology may set on the topology's platform. */
export function rowsOf(topology: Topology): Row[] {
  const { local, shared } = postgresqlSettings(topology);
  return [...local, ...shared]
    .flatMap(({ settings }): readonly (Row | { readonly owner: unknown })[] => settings)
    .filter((row): row is Row => row.owner === undefined)
    .filter(({ since, until }) => since === undefined && until === undefined);
}

const FORMS: Readonly<Record<FormName, (tables: PostgresqlTables) => readonly string[]>> = {
  timeZone: ({ timeZones }) => [
    ...timeZones,
    "Mars/Olympus",
    "europe/BERLIN",
    "-3.5",
    "1e1",
    "inf",
    "UTC+3",
    "<+03>-03",
    "abc",
    "abc168",
    "",
    "CET5CEST,M3.5.0,M10.5.0/3",
    "abc5def,J60",
    "interval '5'",
    "interval",
  ],
  logTimeZone: ({ timeZones }) => [...timeZones.slice(0, 9), "Mars/Olympus", "UTC", "EST5EDT,M3.2.0,M11.1.0", "abc24:60", "nowhere", ""],
  locale: () => ["C", "POSIX", "C.UTF-8", "C.utf8", "", "de_DE.UTF-8", "en_US", "c", "POSIX.UTF-8"],
  messages: () => ["C", "C.UTF-8", "POSIX", "", "de_DE.UTF-8", "klingon"],
  ciphers: () => [
    "HIGH",
    "HIGH:!aNULL",
    "ECDHE+AESGCM",
    "DEFAULT:!SHA1",
    "AES256-SHA",
    "NOPE:AES256-SHA",
    "NOPE",
    "",
    "HIGH:!HIGH",
    "TLS_AES_256_GCM_SHA384",
    "aRSA+aECDSA",
    "!aNULL:DEFAULT",
    "HIGH:*",
    "HIGH:@STRENGTH",
    "HIGH:@NOPE",
  ],
  curve: () => ["prime256v1", "secp384r1", "secp521r1", "P-999", "", "NOPE"],
  encoding: ({ encodings }) => [...encodings, "Latin-1", "UTF-8", "klingon", "", "MULE_INTERNAL"],
  abbreviations: () => ["Default", "India", "Australia", "default", "Nowhere", ""],
  dateStyle: () => [
    "ISO, DMY",
    "iso",
    "german,mdy",
    "",
    "iso,sql",
    "dmy,us",
    "iso dmy",
    "iso,",
    "postgresql",
    '"ISO"',
    "euro, sql",
    "never",
  ],
  slotNames: () => ["a, b_1", "", "A", "*", "a-b", "a b"],
  functionNames: () => ["", "errmsg, palloc", "a-b", "a;b"],
};

/** Texts without a form of their own, where any will do; others name libraries, programs and folders, judged elsewhere. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  application_name: ["it's a \\ name"],
  archive_cleanup_command: ["true"],
  log_filename: ["postgresql-%a.log"],
  log_line_prefix: ["%m [%p] ", "it's \\ %u"],
  recovery_end_command: ["echo 'done'"],
  restore_command: ["false"],
  search_path: ['"$user", public'],
  syslog_ident: ["postgres"],
};

const JUNK: readonly ParameterValue[] = ["many", "", "08", "1_0", "1,5", "of", " on", true];
const SWITCHES: readonly ParameterValue[] = [true, false, "on", "off", "TRUE", "no", 1, 0, "yes", " on", "", "perhaps", 2];

/** Read by PostgreSQL and dropped by Patroni, which does not look at what belongs to a library. */
const ONLY_POSTGRESQL_READS: readonly ParameterValue[] = ["1.", "0X10", "of", "t"];

function numbersOf({ min, max, unit, also = [], step = 1, type }: NumberAccepts): ParameterValue[] {
  const top = Number.isFinite(max) ? [max, max - step, max + step] : [1e10];
  const plain = [
    min,
    min - step,
    min + step,
    ...top,
    ...also,
    0,
    -1,
    "0x10",
    " 12 ",
    "1e1",
    ...(step > 1 ? [min + 17] : []),
    ...(type === "real" ? [0.5] : []),
  ];
  const units = [...unitsBeside(unit), "Gb", "sec", "kb", "KB", "minutes"].flatMap((name) => [`1${name}`, `7.5 ${name}`]);
  return [...plain, ...units, ...JUNK];
}

/** Values of every kind for a parameter, taken or not: at and beside its bounds, each word, each spelling. */
export function candidatesOf(row: Row, topology: Topology): ParameterValue[] {
  const values = valuesOf(row, topology);
  return row.accepts.type === "text" || row.key.includes(".") ? values : [...values, ...ONLY_POSTGRESQL_READS];
}

function valuesOf({ key, accepts }: Row, topology: Topology): ParameterValue[] {
  switch (accepts.type) {
    case "switch":
      return [...SWITCHES];
    case "integer":
    case "real":
      return numbersOf(accepts);
    case "word":
      return [...accepts.words, ...accepts.words.map((word) => word.toUpperCase()), ...SWITCHES, "nonsense"];
    case "list":
      return [...(accepts.words ?? []), (accepts.words ?? []).slice(0, 2).join(", "), "", "nonsense", "a b", "a,"];
    case "text": {
      const form = Object.entries(FORMS).find(([name]) => name === accepts.form)?.[1];
      return [...(form?.(tablesOf(topology)) ?? TEXTS[key] ?? [])];
    }
  }
}

/** Left out where PostgreSQL is started: they delay or end the very session that looks at them, or need another file system. */
const NOT_STARTED = new Set([
  "debug_io_direct",
  "exit_on_error",
  "lock_timeout",
  "post_auth_delay",
  "pre_auth_delay",
  "statement_timeout",
  "transaction_timeout",
]);

/** Each is a slot in shared memory with a semaphore: more take longer to start than the whole proof. */
const MOST_PROCESSES = 262_143;

/** Numbers between the bounds, small and large alike, in any unit. */
function anyNumber({ min, max, unit, also = [], step = 1, type }: NumberAccepts): fc.Arbitrary<ParameterValue> {
  const top = max === MOST_PROCESSES ? 500 : Math.min(max, 2 ** 40);
  const steps = Math.floor((top - min) / step);
  const near = fc.integer({ min: 0, max: Math.min(steps, 1000) }).map((count) => min + count * step);
  const far = fc.integer({ min: 0, max: Math.max(0, Math.floor(steps)) }).map((count) => min + count * step);
  const number = fc.oneof(
    near,
    near,
    far,
    ...also.map((value) => fc.constant(value)),
    ...(type === "real" ? [fc.double({ min, max: top, noNaN: true })] : []),
  );
  const units = unitsBeside(unit);
  if (units.length === 0) return number;
  const withUnit = fc
    .tuple(fc.integer({ min: 1, max: 2000 }), fc.constantFrom(...units), fc.constantFrom("", " "))
    .map(([count, name, blank]) => `${count}${blank}${name}`)
    .filter((text) => {
      const counted = readNumber(text, type, unit);
      return counted !== undefined && counted >= min && counted <= max;
    });
  const hasAny = units.some((name) => {
    const counted = readNumber(`1000${name}`, type, unit);
    return counted !== undefined && counted >= min && counted <= max;
  });
  return hasAny ? fc.oneof(number, withUnit) : number;
}

/** A parameter with a value: one of its candidates, or one between its bounds. */
function anyWritten(row: Row, topology: Topology, keep: (written: Written) => boolean): fc.Arbitrary<Written>[] {
  const candidates = candidatesOf(row, topology).filter((value) => keep([row.key, value]));
  if (candidates.length === 0 || NOT_STARTED.has(row.key)) return [];
  const value = fc.constantFrom(...candidates);
  const { accepts } = row;
  const drawn = accepts.type === "integer" || accepts.type === "real" ? fc.oneof(value, anyNumber(accepts), anyNumber(accepts)) : value;
  return [drawn.map((written): Written => [row.key, written]).filter(keep)];
}

/** One parameter of a topology with a value of any kind that is kept. */
export function anyParameter(topology: Topology, keep: (written: Written) => boolean): fc.Arbitrary<Written> {
  return fc.oneof(...rowsOf(topology).flatMap((row) => anyWritten(row, topology, keep)));
}

/** Several parameters, each once. */
export function anyParameters(parameter: fc.Arbitrary<Written>): fc.Arbitrary<Readonly<Record<string, ParameterValue>>> {
  return fc.uniqueArray(parameter, { minLength: 4, maxLength: 16, selector: ([key]) => key }).map((written) => Object.fromEntries(written));
}
