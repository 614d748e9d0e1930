import { isPrintable } from "@matriarch/topology";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { formatHba } from "./format-hba.ts";
import type { HbaLine } from "./model.ts";

/** The grammar of pgbouncer's hba.c: fields between blanks; names in double quotes, a quote doubled, commas between. */
function readFields(line: string): string[] {
  const word = String.raw`(?:"(?:[^"]|"")*"|[^\s",#])+`;
  return line.match(new RegExp(`${word}(?:,${word})*`, "gu")) ?? [];
}

function readNames(field: string): string | string[] {
  if (field === "all") return field;
  return [...field.matchAll(/"(?<name>(?:[^"]|"")*)"/gu)].map(({ groups }) => groups?.["name"]?.replaceAll('""', '"') ?? "");
}

const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).filter(isPrintable);
const names = fc.oneof(fc.constant("all" as const), fc.array(name, { minLength: 1, maxLength: 4 }));
const method = fc.constantFrom("scram-sha-256", "reject");
const address = fc.constantFrom("0.0.0.0/0", "::/0", "10.1.0.0/16");
const hbaLine: fc.Arbitrary<HbaLine> = fc.oneof(
  fc.record({ type: fc.constant("local" as const), databases: names, users: names, method }),
  fc.record({ type: fc.constantFrom("hostssl", "host"), databases: names, users: names, address, method }),
);

it("PgBouncer's grammar reads the lines that were written, whatever their names hold", () => {
  fc.assert(
    fc.property(fc.array(hbaLine, { maxLength: 5 }), (lines) => {
      const text = formatHba(lines)
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"));
      const read = text
        .map(readFields)
        .map(([type, databases = "", users = "", ...rest]) => [type, readNames(databases), readNames(users), ...rest]);
      expect(read).toEqual(
        lines.map((line) => [line.type, line.databases, line.users, ...(line.type === "local" ? [] : [line.address]), line.method]),
      );
    }),
  );
});

it("a role called like a keyword is a role", () => {
  expect(formatHba([{ type: "local", databases: ["all"], users: ["replication", "samerole"], method: "reject" }])).toContain(
    'local "all" "replication","samerole" reject\n',
  );
});
