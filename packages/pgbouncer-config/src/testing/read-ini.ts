import type { NamedEntry } from "../model.ts";

type Section = Readonly<Record<string, string>>;

/** The grammar of libusual's cfparser.c: whole-line comments, values to the end of the line less the blanks around them. */
function readSections(text: string): Readonly<Record<string, Section>> {
  const sections: Record<string, Section> = {};
  let section = "";
  for (const line of text.split("\n")) {
    const header = /^\[(?<name>.*)\]$/.exec(line)?.groups?.["name"];
    if (header !== undefined) sections[(section = header)] = {};
    else if (!/^\s*(?:[;#]|$)/.test(line)) {
      const { key = "", value = "" } = /^(?<key>[A-Za-z0-9_.*-]+)\s*=\s*(?<value>.*?)\s*$/u.exec(line)?.groups ?? {};
      if (key === "") throw new SyntaxError(`PgBouncer would not parse: ${line}`);
      sections[section] = { ...sections[section], [key]: value };
    }
  }
  return sections;
}

/** The grammar of pgbouncer's loader.c: `key=value` with blanks between; a value in single quotes doubles a quote. */
function readEntry(name: string, text: string): ReadEntry {
  const pairs = text.matchAll(/(?<key>[a-z_]+)=(?:'(?<quoted>(?:[^']|'')*)'|(?<plain>[^\s']+))(?:\s+|$)/gu);
  const parameters = [...pairs].map(({ groups }): [string, string] => [
    groups?.["key"] ?? "",
    groups?.["plain"] ?? groups?.["quoted"]?.replaceAll("''", "'") ?? "",
  ]);
  return { name, parameters };
}

/** An entry whose values are text, as they stand in the file. */
interface ReadEntry extends NamedEntry {
  readonly parameters: readonly (readonly [key: string, value: string])[];
}

/** `pgbouncer.ini`, by PgBouncer's grammar. Throws on a line that PgBouncer would refuse. */
export function readIni(text: string): { readonly databases: ReadEntry[]; readonly users: ReadEntry[]; readonly settings: Section } {
  const { databases = {}, users = {}, pgbouncer = {} } = readSections(text);
  const entries = (section: Section) => Object.entries(section).map(([name, parameters]) => readEntry(name, parameters));
  return { databases: entries(databases), users: entries(users), settings: pgbouncer };
}
