import type { Secrets } from "./rendered-file.ts";
import type { Topology } from "./resolve/topology.ts";

/** A password of the environment file. */
export interface SecretVariable {
  readonly variable: string;
  /** What it opens, for the comment in `.env.example`. */
  readonly purpose: string;
}

/** The passwords that every cluster has; those of the PostgreSQL roles are named by the topology (`Login.passwordVariable`). */
export const SECRETS = {
  superuser: { variable: "POSTGRES_PASSWORD", purpose: "the superuser, accepted on its own node only" },
  patroniRest: { variable: "PATRONI_REST_PASSWORD", purpose: "changes through Patroni's REST API" },
  etcdRoot: { variable: "ETCD_ROOT_PASSWORD", purpose: "etcd's root user" },
  etcdPatroni: { variable: "ETCD_PATRONI_PASSWORD", purpose: "Patroni's user in etcd" },
  balancerAdmin: { variable: "ADMIN_HAPROXY_PASSWORD", purpose: "HAProxy's stats page and API" },
  poolerConsole: { variable: "PGBOUNCER_ADMIN_PASSWORD", purpose: "PgBouncer's console" },
} as const satisfies Record<string, SecretVariable>;

/** Every password that the topology needs, in the order of `.env.example`. One for each component and role. */
export function secretsOf(topology: Topology): SecretVariable[] {
  const { superuser, ...services } = SECRETS;
  return [
    superuser,
    ...topology.logins.map(({ name, passwordVariable }) => ({ variable: passwordVariable, purpose: `the PostgreSQL role ${name}` })),
    ...Object.values(services),
  ];
}

/**
 * The password behind a variable.
 * @throws RangeError when it has no value: `secretsOf` names all that a topology needs
 */
export function secretValue(secrets: Secrets, variable: string): string {
  const value = secrets[variable];
  if (value === undefined) throw new RangeError(`no value for ${variable}`);
  return value;
}
