import type { ListedUser } from "../model.ts";

const FIELD = String.raw`"((?:[^"]|"")*)"`;
const LINE = new RegExp(`^${FIELD} ${FIELD}$`, "u");

/** `userlist.txt`, by PgBouncer's grammar: two fields in double quotes, a quote doubled, a backslash itself. */
export function readUserlist(text: string): ListedUser[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const fields = LINE.exec(line)?.slice(1);
      if (fields === undefined) throw new SyntaxError(`PgBouncer would not parse: ${line}`);
      const [name = "", password = ""] = fields.map((field) => field.replaceAll('""', '"'));
      return { name, password };
    });
}
