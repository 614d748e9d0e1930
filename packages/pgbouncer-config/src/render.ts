import {
  byPath,
  DAEMON_USERS,
  type RenderedFile,
  SECRETS,
  type SecretFile,
  type Secrets,
  secretValue,
  SERVICE_USERS,
  type Topology,
} from "@matriarch/topology";
import { deriveHba } from "./derive-hba.ts";
import { deriveIni } from "./derive-ini.ts";
import { formatHba } from "./format-hba.ts";
import { formatIni } from "./format-ini.ts";
import { formatUserlist } from "./format-userlist.ts";

/** `pgbouncer.ini` and `pg_hba.conf` of every PgBouncer, sorted by path. */
export function renderPgbouncer(topology: Topology): RenderedFile[] {
  return topology.pgbouncer
    .flatMap((member): RenderedFile[] => [
      { path: `${member.name}/pgbouncer.ini`, content: formatIni(deriveIni(topology, member)), mode: 0o444 },
      { path: `${member.name}/pg_hba.conf`, content: formatHba(deriveHba(topology)), mode: 0o444 },
    ])
    .toSorted(byPath);
}

/**
 * For every PgBouncer `userlist.txt` with the user of the console; all other passwords are in PostgreSQL.
 * @throws RangeError when the password is missing: `secretsOf` names all that a topology needs
 */
export function renderPgbouncerSecrets(topology: Topology, secrets: Secrets): SecretFile[] {
  const password = secretValue(secrets, SECRETS.poolerConsole.variable);
  const content = formatUserlist([{ name: SERVICE_USERS.pgbouncerConsole, password }]);
  return topology.pgbouncer
    .map(({ name }): SecretFile => ({ path: `${name}/userlist.txt`, content, mode: 0o400, owner: DAEMON_USERS.pgbouncer.id }))
    .toSorted(byPath);
}
