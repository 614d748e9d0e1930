import type { ListedUser } from "./model.ts";

/** A field of `userlist.txt`: a quote is doubled, and nothing else is special, a backslash neither. */
function formatField(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** The text of `userlist.txt`. A password must be on one line. */
export function formatUserlist(users: readonly ListedUser[]): string {
  return users.map(({ name, password }) => `${formatField(name)} ${formatField(password)}\n`).join("");
}
