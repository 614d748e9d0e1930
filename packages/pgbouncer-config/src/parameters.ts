/** How PgBouncer reads a value. */
export type ParameterKind = "text" | "integer" | "seconds" | "switch";

/**
 * Parameters of PgBouncer up to 1.25 that a topology may set, by how they are read: those of `SHOW CONFIG`, less the ones
 * in `settings.ts`.
 */
export const FREE_PARAMETERS: ReadonlyMap<string, ParameterKind> = new Map(
  Object.entries({
    application_name_add_host: "switch",
    autodb_idle_timeout: "seconds",
    cancel_wait_timeout: "seconds",
    client_idle_timeout: "seconds",
    client_login_timeout: "seconds",
    client_tls13_ciphers: "text",
    client_tls_ciphers: "text",
    client_tls_dheparams: "text",
    client_tls_ecdhcurve: "text",
    disable_pqexec: "switch",
    dns_max_ttl: "seconds",
    dns_nxdomain_ttl: "seconds",
    dns_zone_check_period: "seconds",
    idle_transaction_timeout: "seconds",
    ignore_startup_parameters: "text",
    job_name: "text",
    listen_backlog: "integer",
    log_connections: "switch",
    log_disconnections: "switch",
    log_pooler_errors: "switch",
    log_stats: "switch",
    max_db_client_connections: "integer",
    max_packet_size: "integer",
    max_prepared_statements: "integer",
    max_user_client_connections: "integer",
    min_pool_size: "integer",
    pkt_buf: "integer",
    query_timeout: "seconds",
    query_wait_notify: "seconds",
    query_wait_timeout: "seconds",
    resolv_conf: "text",
    sbuf_loopcnt: "integer",
    scram_iterations: "integer",
    server_check_delay: "seconds",
    server_check_query: "text",
    server_connect_timeout: "seconds",
    server_fast_close: "switch",
    server_idle_timeout: "seconds",
    server_lifetime: "seconds",
    server_login_retry: "seconds",
    server_reset_query: "text",
    server_reset_query_always: "switch",
    server_round_robin: "switch",
    server_tls13_ciphers: "text",
    server_tls_ciphers: "text",
    stats_period: "integer",
    suspend_timeout: "seconds",
    tcp_defer_accept: "switch",
    tcp_keepalive: "switch",
    tcp_keepcnt: "integer",
    tcp_keepidle: "integer",
    tcp_keepintvl: "integer",
    tcp_socket_buffer: "integer",
    tcp_user_timeout: "integer",
    track_extra_parameters: "text",
    transaction_timeout: "seconds",
    verbose: "integer",
  } satisfies Record<string, ParameterKind>),
);

/** Parameters that not every supported release has, by the one that brought them (PgBouncer's changelog). */
export const SINCE: ReadonlyMap<string, string> = new Map([
  ["max_db_client_connections", "1.24.0"],
  ["max_user_client_connections", "1.24.0"],
  ["client_tls13_ciphers", "1.25.0"],
  ["query_wait_notify", "1.25.0"],
  ["scram_iterations", "1.25.0"],
  ["server_tls13_ciphers", "1.25.0"],
  ["transaction_timeout", "1.25.0"],
]);

/** PgBouncer keeps numbers in a C int. */
const LARGEST = 2 ** 31 - 1;

/** Whether PgBouncer reads the value as what it says. It strips the blanks around a text, so that it cannot have any. */
export function isReadable(kind: ParameterKind, value: string | number | boolean): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string" && value === value.trim();
    case "integer":
      return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= LARGEST;
    case "seconds":
      return typeof value === "number" && value >= 0 && value <= LARGEST;
    case "switch":
      return typeof value === "boolean" || value === 0 || value === 1;
  }
}
