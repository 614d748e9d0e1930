import { isPrintable } from "@matriarch/topology";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIni } from "./format-ini.ts";
import type { NamedEntry, PgbouncerIni } from "./model.ts";
import { readIni } from "./testing/index.ts";

const key = fc.stringMatching(/^[a-z_]{1,20}$/);
const name = fc.stringMatching(/^[A-Za-z0-9_.*-]{1,62}$/);
const line = fc.string({ unit: "grapheme" }).filter((text) => isPrintable(text) && text === text.trim());
const entry: fc.Arbitrary<NamedEntry> = fc.record({
  name,
  parameters: fc.uniqueArray(fc.tuple(key, fc.oneof(line.filter(Boolean), fc.nat())), {
    selector: ([first]) => first,
    minLength: 1,
    maxLength: 5,
  }),
});
const setting = fc.record({ key, value: fc.oneof(line, fc.nat(), fc.boolean()), why: line }, { requiredKeys: ["key", "value"] });
const settings = fc.uniqueArray(setting, { selector: (one) => one.key, minLength: 1, maxLength: 8 });
const ini: fc.Arbitrary<PgbouncerIni> = fc.record({
  databases: fc.uniqueArray(entry, { selector: (one) => one.name, maxLength: 4 }),
  users: fc.uniqueArray(entry, { selector: (one) => one.name, maxLength: 4 }),
  settings: settings.map((all) => [{ title: "A group", entries: all }]),
});

function sortedByName(entries: readonly NamedEntry[]): NamedEntry[] {
  const asText = entries.map((one) => ({ ...one, parameters: one.parameters.map(([k, value]) => [k, String(value)] as const) }));
  return asText.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

describe("what PgBouncer's grammar reads", () => {
  it("is the entries and settings that were written, whatever their values hold, with switches as 0 and 1", () => {
    fc.assert(
      fc.property(ini, (model) => {
        const read = readIni(formatIni(model));
        expect(sortedByName(read.databases)).toEqual(sortedByName(model.databases));
        expect(sortedByName(read.users)).toEqual(sortedByName(model.users));
        const written = model.settings.flatMap((group) => group.entries);
        const expected = written.map(({ key: k, value }) => [k, typeof value === "boolean" ? String(Number(value)) : String(value)]);
        expect(read.settings).toEqual(Object.fromEntries(expected));
      }),
    );
  });
});
