import type { Entry, EntryGroup, ParameterValue } from "@matriarch/topology";
import type { NamedEntry, PgbouncerIni } from "./model.ts";

/*
 * PgBouncer's own grammar (libusual's cfparser.c, pgbouncer's loader.c): a comment is a whole line; a value runs to the
 * end of its line, without the blanks around it, and nothing in it is special; a switch is 0 or 1. Inside an entry of
 * [databases] or [users] a value ends at a blank, or stands in single quotes in which a quote is doubled.
 */

const HEADER = "; Rendered by Matriarch from the topology: change that, not this.\n";

/** The value of a parameter behind an entry's name. */
function formatWord(value: string | number): string {
  const text = String(value);
  return /^[A-Za-z0-9_./-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

function formatEntry({ name, parameters }: NamedEntry): string {
  return `${name} = ${parameters.map(([key, value]) => `${key}=${formatWord(value)}`).join(" ")}\n`;
}

function formatSetting({ key, value, why }: Entry<ParameterValue>): string {
  const comment = why === undefined ? "" : `; ${why}\n`;
  return `${comment}${key} = ${typeof value === "boolean" ? Number(value) : value}`.trimEnd() + "\n";
}

function formatGroup({ title, entries }: EntryGroup<ParameterValue>): string {
  return `\n;; ${title}\n${entries.map(formatSetting).join("")}`;
}

function formatSection(name: string, body: string): string {
  return body === "" ? "" : `\n[${name}]\n${body}`;
}

/** The text of `pgbouncer.ini`. */
export function formatIni({ databases, users, settings }: PgbouncerIni): string {
  return [
    HEADER,
    formatSection("databases", databases.map(formatEntry).join("")),
    formatSection("users", users.map(formatEntry).join("")),
    formatSection("pgbouncer", settings.map(formatGroup).join("")),
  ].join("");
}
