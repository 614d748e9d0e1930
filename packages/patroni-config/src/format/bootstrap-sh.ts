export interface BootstrapScript {
  readonly psql: string;
  readonly socketDirectory: string;
  readonly superuser: string;
  readonly database: string;
  /** Files to run, in order. */
  readonly files: readonly string[];
}

/** bootstrap.sh: Patroni passes it a connection string, which it does not need; the socket and the user are known. */
export function formatBootstrapScript({ psql, socketDirectory, superuser, database, files }: BootstrapScript): string {
  return `#!/bin/sh
# Makes roles, databases and privileges, and sets the passwords. Patroni runs it once, after initdb; run it again on the
# primary, as the operating system's user ${superuser}, when the topology has gained something or a password has changed.
set -eu

run_sql() {
  ${psql} --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \\
    --host=${socketDirectory} --username=${superuser} --dbname=${database} --file="$1"
}

${files.map((file) => `run_sql ${file}`).join("\n")}
`;
}
