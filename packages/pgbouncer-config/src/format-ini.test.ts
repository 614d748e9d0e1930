import { isPrintable } from "@matriarch/topology";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIni } from "./format-ini.ts";
import type { Entry, PgbouncerIni } from "./model.ts";

type Sections = Record<string, Record<string, string>>;

/** The grammar of libusual's cfparser.c: whole-line comments, values to the end of the line less the blanks around them. */
function readIni(text: string): Sections {
  const sections: Sections = {};
  let section = "";
  for (const line of text.split("\n")) {
    const header = /^\[(?<name>.*)\]$/.exec(line)?.groups?.["name"];
    if (header !== undefined) sections[(section = header)] = {};
    else if (!/^\s*(?:[;#]|$)/.test(line)) {
      const { key = "", value = "" } = /^(?<key>[A-Za-z0-9_.*-]+)\s*=\s*(?<value>.*?)\s*$/u.exec(line)?.groups ?? {};
      if (key === "") throw new Error(`PgBouncer would not parse: ${line}`);
      sections[section] = { ...sections[section], [key]: value };
    }
  }
  return sections;
}

/** The grammar of pgbouncer's loader.c: `key=value` with blanks between; a value in single quotes doubles a quote. */
function readEntry(text: string): [string, string][] {
  return [...text.matchAll(/(?<key>[a-z_]+)=(?:'(?<quoted>(?:[^']|'')*)'|(?<plain>[^\s']+))(?:\s+|$)/gu)].map(({ groups }) => [
    groups?.["key"] ?? "",
    groups?.["plain"] ?? groups?.["quoted"]?.replaceAll("''", "'") ?? "",
  ]);
}

const key = fc.stringMatching(/^[a-z_]{1,20}$/);
const name = fc.stringMatching(/^[A-Za-z0-9_.*-]{1,62}$/);
const line = fc.string({ unit: "grapheme" }).filter((text) => isPrintable(text) && text === text.trim());
const entry: fc.Arbitrary<Entry> = fc.record({
  name,
  parameters: fc.uniqueArray(fc.tuple(key, fc.oneof(line.filter(Boolean), fc.nat())), {
    selector: ([first]) => first,
    minLength: 1,
    maxLength: 5,
  }),
});
const setting = fc.record({ key, value: fc.oneof(line, fc.nat(), fc.boolean()), why: fc.option(line, { nil: undefined }) });
const settings = fc.uniqueArray(setting, { selector: (one) => one.key, minLength: 1, maxLength: 8 });
const ini: fc.Arbitrary<PgbouncerIni> = fc.record({
  databases: fc.uniqueArray(entry, { selector: (one) => one.name, maxLength: 4 }),
  users: fc.uniqueArray(entry, { selector: (one) => one.name, maxLength: 4 }),
  settings: settings.map((all) => [{ title: "A group", settings: all }]),
});

function entriesIn(section: Record<string, string> = {}): Entry[] {
  return Object.entries(section).map(([entryName, text]) => ({ name: entryName, parameters: readEntry(text) }));
}

function sortedByName(entries: readonly Entry[]): Entry[] {
  const asText = entries.map((one) => ({ ...one, parameters: one.parameters.map(([k, value]) => [k, String(value)] as const) }));
  return asText.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

describe("what PgBouncer's grammar reads", () => {
  it("is the entries that were written, whatever their values hold", () => {
    fc.assert(
      fc.property(ini, (model) => {
        const sections = readIni(formatIni(model));
        expect(sortedByName(entriesIn(sections["databases"]))).toEqual(sortedByName(model.databases));
        expect(sortedByName(entriesIn(sections["users"]))).toEqual(sortedByName(model.users));
      }),
    );
  });

  it("is the settings that were written, with switches as 0 and 1", () => {
    fc.assert(
      fc.property(ini, (model) => {
        const written = model.settings.flatMap((group) => group.settings);
        const expected = written.map(({ key: k, value }) => [k, typeof value === "boolean" ? String(Number(value)) : String(value)]);
        expect(readIni(formatIni(model))["pgbouncer"]).toEqual(Object.fromEntries(expected));
      }),
    );
  });
});
