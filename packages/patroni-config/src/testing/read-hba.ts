import type { HbaRow, HbaWord, IdentRow } from "../model.ts";

const WORD = String.raw`(?:"(?:[^"]|"")*"|[^\s",#])+`;
const FIELD = new RegExp(`${WORD}(?:,${WORD})*`, "gu");
const NAME = /"((?:[^"]|"")*)"|([^,]+)/gu;

function readWords(field = ""): HbaWord[] {
  return [...field.matchAll(NAME)].map(([, quoted, bare = ""]) => {
    if (quoted !== undefined) return { name: quoted.replaceAll('""', '"') };
    return bare === "all" || bare === "replication" ? { keyword: bare } : { name: bare };
  });
}

/**
 * Lines of `pg_hba.conf`, by PostgreSQL's grammar (src/backend/libpq/hba.c): fields between blanks, names between commas;
 * a word in double quotes is never a keyword; what follows the method is an option.
 */
export function readHba(lines: readonly string[]): HbaRow[] {
  return lines
    .filter((line) => !line.startsWith("#"))
    .map((line) => {
      const [type, databases, users, ...rest] = line.match(FIELD) ?? [];
      const [address, method, option] = type === "local" ? [null, ...rest] : rest;
      const [name, value] = option?.split("=") ?? [];
      const row = { type, databases: readWords(databases), users: readWords(users), address, method };
      return (option === undefined ? row : { ...row, option: { name, value } }) as HbaRow;
    });
}

/** Lines of `pg_ident.conf`. */
export function readIdent(lines: readonly string[]): IdentRow[] {
  return lines.map((line) => {
    const [map = "", systemUser = "", role = ""] = line.match(FIELD) ?? [];
    return { map, systemUser, role };
  });
}
