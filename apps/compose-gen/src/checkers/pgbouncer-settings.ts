import type { readIni } from "@matriarch/pgbouncer-config/testing";

type Ini = ReturnType<typeof readIni>;

/** A row that PgBouncer's console shows, by column. */
export type Row = Readonly<Record<string, string>>;

/** Between the columns of a row. */
export const SEPARATOR = "\u001F";

/** The rows that psql prints for a SHOW command, the names of the columns first. */
export function readRows(output: string): Row[] {
  const [header = [], ...rows] = output
    .trimEnd()
    .split("\n")
    .map((line) => line.split(SEPARATOR));
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, (row[index] ?? "").trim()])));
}

/** Both in the spelling of the console. */
interface SaidAndWritten {
  readonly said: Record<string, unknown>;
  readonly written: Record<string, unknown>;
}

/** Settings that SHOW CONFIG prints in another spelling. */
const SPELLINGS: Readonly<Record<string, (written: string) => string>> = {
  unix_socket_mode: (written) => String(Number.parseInt(written, 8)),
};

/** What SHOW CONFIG says of the settings in the file, beside what the file says. */
export function pgbouncerSettings({ settings }: Ini, shown: readonly Row[]): SaidAndWritten {
  const values = new Map(shown.map(({ key, value }) => [key, value]));
  return {
    said: Object.fromEntries(Object.keys(settings).map((key) => [key, values.get(key)])),
    written: Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, SPELLINGS[key]?.(value) ?? value])),
  };
}

/** Columns of SHOW DATABASES and SHOW USERS, where they are not called like the parameter. */
const COLUMNS: Readonly<Record<string, string>> = { dbname: "database" };

/** Parameters of a database that the console does not show: the live cluster's logins prove them. */
const NOT_SHOWN = ["auth_user", "connect_query"];

/** What SHOW DATABASES or SHOW USERS says of the entries in the file, beside what the file says. */
export function pgbouncerEntries(entries: Ini["databases"], shown: readonly Row[]): SaidAndWritten {
  const rows = new Map(shown.map((row) => [row["name"], row]));
  const visible = entries.map(({ name, parameters }) => ({ name, pairs: parameters.filter(([key]) => !NOT_SHOWN.includes(key)) }));
  return {
    said: Object.fromEntries(
      visible.map(({ name, pairs }) => [name, Object.fromEntries(pairs.map(([key]) => [key, rows.get(name)?.[COLUMNS[key] ?? key]]))]),
    ),
    written: Object.fromEntries(visible.map(({ name, pairs }) => [name, Object.fromEntries(pairs)])),
  };
}
