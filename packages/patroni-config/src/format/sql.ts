/** An identifier, quoted: PostgreSQL reads back exactly this name, reserved word or not. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string constant, quoted for `standard_conforming_strings = on`, where a backslash is a backslash. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Roles, quoted, for the end of a GRANT. */
export function quoteRoles(roles: readonly string[]): string {
  return roles.map(quoteIdentifier).join(", ");
}
