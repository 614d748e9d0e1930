import type { Topology } from "./resolve/topology.ts";

/** A password of the environment file. */
export interface SecretVariable {
  readonly variable: string;
  /** What it opens, for the comment in `.env.example`. */
  readonly purpose: string;
}

/** Every password that the topology needs, in the order of `.env.example`. One for each component and role. */
export function secretsOf(topology: Topology): SecretVariable[] {
  return [
    { variable: "POSTGRES_PASSWORD", purpose: "the superuser, accepted on its own node only" },
    ...topology.logins.map(({ name, passwordVariable }) => ({ variable: passwordVariable, purpose: `the PostgreSQL role ${name}` })),
    { variable: "PATRONI_REST_PASSWORD", purpose: "changes through Patroni's REST API" },
    { variable: "ETCD_ROOT_PASSWORD", purpose: "etcd's root user" },
    { variable: "ETCD_PATRONI_PASSWORD", purpose: "Patroni's user in etcd" },
    { variable: "ADMIN_HAPROXY_PASSWORD", purpose: "HAProxy's stats page and API" },
    { variable: "PGBOUNCER_ADMIN_PASSWORD", purpose: "PgBouncer's console" },
  ];
}
