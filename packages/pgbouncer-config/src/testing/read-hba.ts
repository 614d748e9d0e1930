import type { HbaLine, Names } from "../model.ts";

const WORD = String.raw`(?:"(?:[^"]|"")*"|[^\s",#])+`;
const FIELD = new RegExp(`${WORD}(?:,${WORD})*`, "gu");

function readNames(field = ""): Names {
  if (field === "all") return field;
  return [...field.matchAll(/"(?<name>(?:[^"]|"")*)"/gu)].map(({ groups }) => groups?.["name"]?.replaceAll('""', '"') ?? "");
}

/**
 * PgBouncer's `pg_hba.conf`, by the grammar of its hba.c: fields between blanks; names in double quotes, a quote doubled,
 * commas between.
 */
export function readHba(text: string): HbaLine[] {
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [type, databases, users, ...rest] = line.match(FIELD) ?? [];
      const names = { databases: readNames(databases), users: readNames(users) };
      const [address, method] = type === "local" ? [undefined, rest[0]] : rest;
      return { type, ...names, ...(address === undefined ? {} : { address }), method } as HbaLine;
    });
}
