import {
  byPath,
  DAEMON_USERS,
  MAINTENANCE_DATABASE,
  type PostgresqlMember,
  type RenderedFile,
  type SecretFile,
  type Secrets,
  SYSTEM_ROLES,
  type Topology,
} from "@matriarch/topology";
import { deriveBootstrap } from "./derive/bootstrap.ts";
import { deriveDynamic } from "./derive/dynamic.ts";
import { BOOTSTRAP_SCRIPT, derivePatroni } from "./derive/patroni.ts";
import { derivePasswords, derivePatroniOverlay } from "./derive/secrets.ts";
import { formatBootstrapScript } from "./format/bootstrap-sh.ts";
import { formatBootstrap } from "./format/bootstrap-sql.ts";
import { formatDynamic } from "./format/dynamic-yml.ts";
import { formatOverlay } from "./format/overlay.ts";
import { formatPasswords } from "./format/passwords-sql.ts";
import { formatPatroni } from "./format/patroni-yml.ts";

const BOOTSTRAP_SQL = "bootstrap.sql";
const PASSWORDS_SQL = "passwords.sql";

function bootstrapScript(topology: Topology, { layout }: PostgresqlMember): string {
  return formatBootstrapScript({
    psql: `${topology.platform.postgresqlBin(topology.postgresqlVersion)}/psql`,
    socketDirectory: layout.run,
    superuser: SYSTEM_ROLES.superuser,
    database: MAINTENANCE_DATABASE,
    files: [`${layout.config}/${BOOTSTRAP_SQL}`, `${layout.secrets}/${PASSWORDS_SQL}`],
  });
}

/**
 * Configuration of every PostgreSQL member: patroni.yml; dynamic.yml, the section of the DCS alone, to be applied with
 * `patronictl edit-config --replace`; bootstrap.sql and bootstrap.sh, which can be run again. Sorted by path.
 */
export function renderPatroni(topology: Topology): RenderedFile[] {
  const dynamic = formatDynamic(deriveDynamic(topology));
  const bootstrap = formatBootstrap(deriveBootstrap(topology));
  return topology.postgresql
    .flatMap((member): RenderedFile[] => [
      { path: `${member.name}/patroni.yml`, content: formatPatroni(derivePatroni(topology, member)), mode: 0o444 },
      { path: `${member.name}/dynamic.yml`, content: dynamic, mode: 0o444 },
      { path: `${member.name}/${BOOTSTRAP_SQL}`, content: bootstrap, mode: 0o444 },
      { path: `${member.name}/${BOOTSTRAP_SCRIPT}`, content: bootstrapScript(topology, member), mode: 0o555 },
    ])
    .toSorted(byPath);
}

/**
 * The overlay of every PostgreSQL member: the secret part of patroni.yml, and passwords.sql. Sorted by path.
 * @throws RangeError when a variable of `secretsOf` has no value
 */
export function renderPatroniSecrets(topology: Topology, secrets: Secrets): SecretFile[] {
  const overlay = formatOverlay(derivePatroniOverlay(topology, secrets));
  const passwords = formatPasswords(derivePasswords(topology, secrets));
  const owner = DAEMON_USERS.postgresql.id;
  return topology.postgresql
    .flatMap(({ name }): SecretFile[] => [
      { path: `${name}/${PASSWORDS_SQL}`, content: passwords, mode: 0o400, owner },
      { path: `${name}/patroni.yml`, content: overlay, mode: 0o400, owner },
    ])
    .toSorted(byPath);
}
