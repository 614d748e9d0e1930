import type { HbaLine, Names } from "./model.ts";

const HEADER = `# Rendered by Matriarch from the topology: change that, not this.
#
# The first line that fits decides. PgBouncer skips a line that it cannot parse, with a warning in its log.
`;

/** In quotes no name is a keyword: PgBouncer takes \`replication\` and \`samerole\` for one even as a user. */
function formatNames(names: Names): string {
  return names === "all" ? names : names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",");
}

function formatLine(line: HbaLine): string {
  const fields = [line.type, formatNames(line.databases), formatNames(line.users)];
  return [...fields, ...(line.type === "local" ? [] : [line.address]), line.method].join(" ");
}

/** The text of PgBouncer's `pg_hba.conf`. */
export function formatHba(lines: readonly HbaLine[]): string {
  return HEADER + lines.map((line) => `${formatLine(line)}\n`).join("");
}
