import type { HbaRow, HbaSection, HbaWord, IdentRow } from "../model.ts";

/** Words that mean something else than a name when they are not quoted. */
const KEYWORDS = new Set(["all", "replication", "samegroup", "samerole", "sameuser"]);

function formatWord(word: HbaWord): string {
  if ("keyword" in word) return word.keyword;
  return KEYWORDS.has(word.name) || !/^[a-z_][a-z0-9_]*$/.test(word.name) ? `"${word.name.replaceAll('"', '""')}"` : word.name;
}

function formatRow(row: HbaRow): string {
  const words = (list: readonly HbaWord[]) => list.map(formatWord).join(",");
  return [
    row.type.padEnd(7),
    words(row.databases).padEnd(15),
    words(row.users).padEnd(19),
    (row.address ?? "").padEnd(18),
    row.method,
    ...(row.option === undefined ? [] : [`${row.option.name}=${row.option.value}`]),
  ].join(" ");
}

/** The lines of pg_hba.conf, in order, each section under its comment. A section without rows is left out. */
export function formatHba(sections: readonly HbaSection[]): string[] {
  return sections
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ comment, rows }) => [...comment.map((line) => `# ${line}`), ...rows.map(formatRow)]);
}

/** The lines of pg_ident.conf. */
export function formatIdent(rows: readonly IdentRow[]): string[] {
  return rows.map(({ map, systemUser, role }) => `${map} ${systemUser} ${role}`);
}
