import type { Secrets } from "./rendered-file.ts";
import type { Topology } from "./resolve/topology.ts";
import { SERVICE_USERS, SYSTEM_ROLES } from "./roles.ts";

/** A password of the environment file. */
export interface SecretVariable {
  readonly variable: string;
  /** What it opens, for the comment in `.env.example`. */
  readonly purpose: string;
}

/** The same with what a password must be held to. */
export interface Secret extends SecretVariable {
  /** The name that is sent with it. */
  readonly user: string;
  /** Whether its daemon takes a text in the form of PostgreSQL's stored passwords for one: the text itself would open nothing. */
  readonly mayBeStoredForm: boolean;
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
export function secretsOf({ logins, balancer }: Topology): Secret[] {
  return [
    { ...SECRETS.superuser, user: SYSTEM_ROLES.superuser, mayBeStoredForm: true },
    ...logins.map(({ name, passwordVariable }) => ({
      variable: passwordVariable,
      purpose: `the PostgreSQL role ${name}`,
      user: name,
      mayBeStoredForm: true,
    })),
    { ...SECRETS.patroniRest, user: SERVICE_USERS.patroniRest, mayBeStoredForm: false },
    { ...SECRETS.etcdRoot, user: SERVICE_USERS.etcdRoot, mayBeStoredForm: false },
    { ...SECRETS.etcdPatroni, user: SERVICE_USERS.etcdPatroni, mayBeStoredForm: false },
    { ...SECRETS.balancerAdmin, user: balancer.adminUser, mayBeStoredForm: false },
    { ...SECRETS.poolerConsole, user: SERVICE_USERS.pgbouncerConsole, mayBeStoredForm: true },
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
