/** Every code that this package's rules can report. */
export const PGBOUNCER_CODES = [
  "owned-parameter-pgbouncer",
  "unknown-parameter-pgbouncer",
  "invalid-parameter-pgbouncer",
  "unavailable-parameter-pgbouncer",
  "dangerous-parameter-pgbouncer",
  "pgbouncer-too-old",
  "pools-exceed-max-connections",
  "connection-limit-below-pools",
  "connection-limit-unreachable",
  "session-clients-exceed-pools",
  "pooler-file-descriptors",
  "pooler-memory",
  "query-wait-below-switchover",
  "login-retry-prolongs-outage",
  "idle-session-timeout-cuts-pools",
] as const;
/** One of `PGBOUNCER_CODES`. */
export type PgbouncerCode = (typeof PGBOUNCER_CODES)[number];
