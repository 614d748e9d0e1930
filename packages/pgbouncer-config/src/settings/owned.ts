import {
  addressOf,
  AUTHORITIES,
  CERTIFICATES,
  type Member,
  type OwnedSetting,
  type Owner,
  PORTS,
  refused,
  type RefusedSetting,
  SERVICE_USERS,
  type Topology,
} from "@matriarch/topology";

/** What an owned value is computed from: one pooler of the cluster. */
export interface Pooler {
  readonly topology: Topology;
  readonly member: Member<"pgbouncer">;
}

const NETWORK: Owner = { because: "it follows from the networks and the layout of the target", instead: 'Change "networks" or "publish".' };
const LOGIN: Owner = {
  because: "who may log in, and how, is one decision for PgBouncer and PostgreSQL",
  instead: 'Declare "roles", and name them in "databases"; "tls.client_certificates" says who needs a certificate.',
};
const TLS: Owner = {
  because: "every hop is encrypted and verified, with the certificates of the cluster",
  instead: 'Leave it out; "tls" says what can be chosen.',
};
const BUDGET: Owner = {
  because: "it is part of the budget of server connections",
  instead: 'Set "pools.size", "pools.mode", "pools.max_clients", or the "connection_limit" of a role.',
};
const TARGET: Owner = { because: "the target runs PgBouncer in the foreground and reads its log from stderr", instead: "Leave it out." };

const TLS_VERSIONS = "tlsv1.2,tlsv1.3";

/** What Matriarch decides, by the titles and in the order of the file. A topology cannot set these. */
export const OWNED: Readonly<Record<string, readonly OwnedSetting<Pooler>[]>> = {
  "Where it listens": [
    { key: "listen_addr", takesEffect: "restart", owner: NETWORK, value: ({ member }) => addressOf(member, "front") },
    { key: "listen_port", takesEffect: "restart", owner: NETWORK, value: () => PORTS.pgbouncer },
    { key: "unix_socket_dir", takesEffect: "restart", owner: NETWORK, value: ({ member: { layout } }) => layout.run },
    {
      key: "unix_socket_mode",
      takesEffect: "restart",
      owner: NETWORK,
      value: () => "0700",
      why: "The console, for who can act as PgBouncer's own user already.",
    },
  ],
  "Who may log in": [
    { key: "auth_type", takesEffect: "reload", owner: LOGIN, value: () => "hba" },
    { key: "auth_hba_file", takesEffect: "reload", owner: LOGIN, value: ({ member: { layout } }) => `${layout.config}/pg_hba.conf` },
    { key: "auth_file", takesEffect: "reload", owner: LOGIN, value: ({ member: { layout } }) => `${layout.secrets}/userlist.txt` },
    {
      key: "auth_query",
      takesEffect: "reload",
      owner: LOGIN,
      value: () => "SELECT usename, passwd FROM pgbouncer.lookup($1)",
      why: "Passwords live in PostgreSQL alone. The function leaves out superusers and replication.",
    },
    { key: "admin_users", takesEffect: "reload", owner: LOGIN, value: () => SERVICE_USERS.pgbouncerConsole },
  ],
  "TLS towards clients": [
    {
      key: "client_tls_sslmode",
      takesEffect: "reload",
      owner: TLS,
      value: ({ topology: { tls } }) => (tls.clientCertificates ? "verify-full" : "require"),
      why: "Even verify-full asks for no more than a certificate of our CA here; the password says who it is.",
    },
    {
      key: "client_tls_cert_file",
      takesEffect: "reload",
      owner: TLS,
      value: ({ member: { layout } }) => `${layout.pki}/${CERTIFICATES.pgbouncer.server}.crt`,
    },
    {
      key: "client_tls_key_file",
      takesEffect: "reload",
      owner: TLS,
      value: ({ member: { layout } }) => `${layout.pki}/${CERTIFICATES.pgbouncer.server}.key`,
    },
    {
      key: "client_tls_ca_file",
      takesEffect: "reload",
      owner: TLS,
      value: ({ member: { layout } }) => `${layout.pki}/${AUTHORITIES.cluster}.crt`,
      why: "PgBouncer 1.24 does not start without it, even where no certificate is asked for; one that is shown is checked.",
    },
    { key: "client_tls_protocols", takesEffect: "reload", owner: TLS, value: () => TLS_VERSIONS },
  ],
  "TLS towards PostgreSQL, through the balancer": [
    {
      key: "server_tls_sslmode",
      takesEffect: "reload",
      owner: TLS,
      value: () => "verify-full",
      why: "The balancer passes TLS through: PostgreSQL's certificate carries the balancer's name.",
    },
    {
      key: "server_tls_ca_file",
      takesEffect: "reload",
      owner: TLS,
      value: ({ member: { layout } }) => `${layout.pki}/${AUTHORITIES.cluster}.crt`,
    },
    {
      key: "server_tls_cert_file",
      takesEffect: "reload",
      owner: TLS,
      value: ({ member: { layout } }) => `${layout.pki}/${CERTIFICATES.pgbouncer.lookup}.crt`,
      why: "The lookup role has no password, only this certificate. It goes along on every connection, so that PostgreSQL knows its pooler.",
    },
    {
      key: "server_tls_key_file",
      takesEffect: "reload",
      owner: TLS,
      value: ({ member: { layout } }) => `${layout.pki}/${CERTIFICATES.pgbouncer.lookup}.key`,
    },
    { key: "server_tls_protocols", takesEffect: "reload", owner: TLS, value: () => TLS_VERSIONS },
  ],
  "Pools: one for each database and role": [
    { key: "pool_mode", takesEffect: "reload", owner: BUDGET, value: ({ topology: { pools } }) => pools.mode },
    { key: "default_pool_size", takesEffect: "reload", owner: BUDGET, value: ({ topology: { connections } }) => connections.poolSize },
    { key: "max_client_conn", takesEffect: "reload", owner: BUDGET, value: ({ topology: { pools } }) => pools.maxClients },
  ],
};

/** Parameters that stay out of the file, and out of a topology's reach. */
export const REFUSED: readonly RefusedSetting[] = [
  ...refused(NETWORK, ["peer_id", "so_reuseport", "unix_socket_group"]),
  ...refused(LOGIN, ["auth_dbname", "auth_ident_file", "auth_user", "stats_users"]),
  ...refused(BUDGET, ["max_db_connections", "max_user_connections", "reserve_pool_size", "reserve_pool_timeout"]),
  ...refused(TARGET, ["conffile", "logfile", "pidfile", "syslog", "syslog_facility", "syslog_ident", "user"]),
];
