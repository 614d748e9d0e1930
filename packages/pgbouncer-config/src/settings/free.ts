import type { FreeSetting } from "@matriarch/topology";
import { BUFFER, CIPHERS, CURVE, DH_PARAMETERS, INTEGER, PACKET, SECONDS, SWITCH, TEXT } from "./accepts.ts";
import * as dangers from "./dangers.ts";

/**
 * What a topology may set and Matriarch leaves at PgBouncer's own default: the rest of `SHOW CONFIG` up to 1.25. Kinds and
 * what a reload changes are those of `main.c`, `since` those of the changelog.
 */
export const FREE: readonly FreeSetting<unknown, never>[] = [
  { key: "application_name_add_host", accepts: SWITCH, takesEffect: "reload" },
  { key: "autodb_idle_timeout", accepts: SECONDS, takesEffect: "reload" },
  { key: "cancel_wait_timeout", accepts: SECONDS, takesEffect: "reload" },
  { key: "client_idle_timeout", accepts: SECONDS, takesEffect: "reload" },
  { key: "client_tls13_ciphers", accepts: TEXT, takesEffect: "reload", since: "1.25.0" },
  { key: "client_tls_ciphers", accepts: CIPHERS, takesEffect: "reload", dangers: [dangers.WORTHLESS_SUITE] },
  { key: "client_tls_dheparams", accepts: DH_PARAMETERS, takesEffect: "reload" },
  { key: "client_tls_ecdhcurve", accepts: CURVE, takesEffect: "reload" },
  { key: "disable_pqexec", accepts: SWITCH, takesEffect: "restart", dangers: [dangers.NO_SIMPLE_QUERIES] },
  { key: "dns_max_ttl", accepts: SECONDS, takesEffect: "reload" },
  { key: "dns_nxdomain_ttl", accepts: SECONDS, takesEffect: "reload" },
  { key: "dns_zone_check_period", accepts: SECONDS, takesEffect: "reload" },
  { key: "idle_transaction_timeout", accepts: SECONDS, takesEffect: "reload" },
  { key: "job_name", accepts: TEXT, takesEffect: "restart" },
  { key: "log_connections", accepts: SWITCH, takesEffect: "reload" },
  { key: "log_disconnections", accepts: SWITCH, takesEffect: "reload" },
  { key: "log_pooler_errors", accepts: SWITCH, takesEffect: "reload" },
  { key: "log_stats", accepts: SWITCH, takesEffect: "reload" },
  { key: "max_db_client_connections", accepts: INTEGER, takesEffect: "reload", since: "1.24.0" },
  { key: "max_packet_size", accepts: PACKET, takesEffect: "reload", dangers: [dangers.SMALL_PACKETS] },
  { key: "max_prepared_statements", accepts: INTEGER, takesEffect: "reload" },
  { key: "max_user_client_connections", accepts: INTEGER, takesEffect: "reload", since: "1.24.0" },
  { key: "min_pool_size", accepts: INTEGER, takesEffect: "reload", dangers: [dangers.LARGER_THAN_POOL] },
  { key: "pkt_buf", accepts: BUFFER, takesEffect: "restart", dangers: [dangers.SMALL_BUFFER, dangers.LARGE_BUFFER] },
  { key: "query_timeout", accepts: SECONDS, takesEffect: "reload" },
  { key: "query_wait_notify", accepts: SECONDS, takesEffect: "reload", since: "1.25.0" },
  { key: "resolv_conf", accepts: TEXT, takesEffect: "restart", dangers: [dangers.NO_SUCH_FILE] },
  { key: "sbuf_loopcnt", accepts: INTEGER, takesEffect: "reload" },
  { key: "scram_iterations", accepts: INTEGER, takesEffect: "reload", since: "1.25.0" },
  { key: "server_check_query", accepts: TEXT, takesEffect: "reload" },
  { key: "server_fast_close", accepts: SWITCH, takesEffect: "reload" },
  { key: "server_idle_timeout", accepts: SECONDS, takesEffect: "reload" },
  {
    key: "server_reset_query",
    accepts: TEXT,
    takesEffect: "reload",
    dangers: [
      {
        when: (value) => !/^\s*discard\s+all\s*;?\s*$/i.test(String(value)),
        because: "in session mode the next client inherits what this leaves: settings, prepared statements, temporary tables, locks",
        instead: "Leave it out: the default is DISCARD ALL.",
      },
    ],
  },
  {
    key: "server_reset_query_always",
    accepts: SWITCH,
    takesEffect: "reload",
    dangers: [
      {
        when: (value) => value === true || value === 1,
        because:
          "every transaction through the pooler then waits for one more round trip: measured, that costs more than 15 % of select-only throughput",
        instead:
          "Leave it out. What keeps settings of its session goes by a direct service, or by the alias of `databases.<name>.session_alias`.",
      },
    ],
  },
  { key: "server_round_robin", accepts: SWITCH, takesEffect: "reload" },
  { key: "server_tls13_ciphers", accepts: TEXT, takesEffect: "reload", since: "1.25.0" },
  { key: "server_tls_ciphers", accepts: CIPHERS, takesEffect: "reload", dangers: [dangers.WORTHLESS_SUITE] },
  { key: "stats_period", accepts: INTEGER, takesEffect: "restart", dangers: [dangers.NO_AVERAGES] },
  { key: "suspend_timeout", accepts: SECONDS, takesEffect: "reload" },
  { key: "tcp_defer_accept", accepts: SWITCH, takesEffect: "reload" },
  { key: "tcp_keepalive", accepts: SWITCH, takesEffect: "reload" },
  { key: "tcp_socket_buffer", accepts: INTEGER, takesEffect: "reload" },
  { key: "transaction_timeout", accepts: SECONDS, takesEffect: "reload", since: "1.25.0" },
  { key: "verbose", accepts: INTEGER, takesEffect: "reload" },
];
