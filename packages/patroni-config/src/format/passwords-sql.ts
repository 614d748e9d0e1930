import { quoteIdentifier, quoteLiteral } from "./sql.ts";

/** Settings of the session that keep a statement's text to itself: setting → value. */
const DISCREET: Readonly<Record<string, string>> = {
  // The server's log, however it is configured: by statement, by duration, by sample, by error, by parse tree.
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_min_duration_sample: "-1",
  log_transaction_sample_rate: "0",
  log_min_error_statement: "panic",
  debug_print_parse: "off",
  debug_print_rewritten: "off",
  debug_print_plan: "off",
  // pg_stat_activity, which the monitor reads.
  track_activities: "off",
  // Of libraries: without them these are names that mean nothing.
  "pg_stat_statements.track_utility": "off",
  "pgaudit.log": "none",
};

const HEADER = `-- Passwords of the roles. Run by bootstrap.sh; run it again to put changed passwords in force.
\\set ON_ERROR_STOP on
\\set ECHO none
\\set VERBOSITY terse
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET password_encryption = 'scram-sha-256';
`;

/** passwords.sql: text for psql that sets each role's password and leaves no trace of it on the server. */
export function formatPasswords(passwords: readonly { readonly role: string; readonly password: string }[]): string {
  return [
    HEADER,
    ...Object.entries(DISCREET).map(([name, value]) => `SET ${name} = ${quoteLiteral(value)};\n`),
    ...passwords.map(({ role, password }) => `ALTER ROLE ${quoteIdentifier(role)} PASSWORD ${quoteLiteral(password)};\n`),
  ].join("");
}
