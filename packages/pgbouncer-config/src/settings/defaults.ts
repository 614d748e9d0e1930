import { type FreeSetting, POOL_LIFETIME } from "@matriarch/topology";
import { INTEGER, KEEPALIVE_COUNT, KEEPALIVE_SECONDS, SECONDS, TEXT } from "./accepts.ts";
import { NOBODY_IS_FAST_ENOUGH } from "./dangers.ts";
import type { Pooler } from "./owned.ts";

/**
 * Where Matriarch differs from PgBouncer 1.24's own defaults, by the titles and in the order of the file. A topology may
 * set these. Together they see to it that PgBouncer neither prolongs an outage nor hides one.
 */
export const DEFAULTS: Readonly<Record<string, readonly FreeSetting<Pooler>[]>> = {
  "An outage": [
    {
      key: "server_login_retry",
      accepts: SECONDS,
      takesEffect: "reload",
      value: ({ topology: { waits } }) => waits.poolerLogin,
      why: "As often as the balancer looks for the new primary; 15 s would come on top of every outage.",
    },
    {
      key: "query_wait_timeout",
      accepts: SECONDS,
      takesEffect: "reload",
      value: () => 10,
      why: "Longer than a planned switchover (2.5 to 7 s), so that PAUSE loses no query; shorter than the loss of a host takes, so that clients hear of it.",
    },
    {
      key: "server_connect_timeout",
      accepts: SECONDS,
      takesEffect: "reload",
      value: () => 5,
      why: "A balancer that does not answer in this time is down: the clients that wait for it may know.",
    },
    {
      key: "client_login_timeout",
      accepts: SECONDS,
      takesEffect: "reload",
      value: () => 15,
      why: "Enough for a lookup that waits as long as a query may.",
      dangers: [NOBODY_IS_FAST_ENOUGH],
    },
    {
      key: "server_check_delay",
      accepts: SECONDS,
      takesEffect: "reload",
      value: () => 5,
      why: "A connection that was idle for longer is tried out before a client gets it.",
    },
    {
      key: "server_lifetime",
      accepts: SECONDS,
      takesEffect: "reload",
      value: () => POOL_LIFETIME,
      why: "A replica that came back has its share of the reads after ten minutes instead of an hour.",
    },
  ],
  Sockets: [
    {
      key: "listen_backlog",
      accepts: INTEGER,
      takesEffect: "restart",
      value: () => 4096,
      why: "After an outage all clients come back at once; what does not fit waits a second or more.",
    },
    {
      key: "tcp_keepidle",
      accepts: KEEPALIVE_SECONDS,
      takesEffect: "reload",
      value: () => 30,
      why: "A peer that vanished is noticed after 45 s instead of two hours.",
    },
    { key: "tcp_keepintvl", accepts: KEEPALIVE_SECONDS, takesEffect: "reload", value: () => 5 },
    { key: "tcp_keepcnt", accepts: KEEPALIVE_COUNT, takesEffect: "reload", value: () => 3 },
    {
      key: "tcp_user_timeout",
      accepts: INTEGER,
      takesEffect: "reload",
      value: () => 10_000,
      why: "Milliseconds. A query sent to a peer that vanished fails after this time, not after a quarter of an hour.",
    },
  ],
  Clients: [
    {
      key: "track_extra_parameters",
      accepts: TEXT,
      takesEffect: "restart",
      value: () => "IntervalStyle, default_transaction_read_only",
      why: "Each client has its own value of these, whatever the last one left on the connection: a RESET ALL takes the read-only guard of a _ro alias from nobody else.",
      dangers: [
        {
          when: (value) => !/(^|[\s,])default_transaction_read_only([\s,]|$)/i.test(String(value)),
          because:
            "RESET ALL or DISCARD ALL by one client then takes the read-only guard of a _ro alias from everybody who gets its connection next",
          instead: 'Keep both of the default, "IntervalStyle, default_transaction_read_only", and add yours.',
        },
      ],
    },
    {
      key: "ignore_startup_parameters",
      accepts: TEXT,
      takesEffect: "reload",
      value: () => "extra_float_digits",
      why: "JDBC drivers always send it, and PostgreSQL has printed floats exactly since 12. No `options` here: what a client asks for would be dropped silently.",
      dangers: [
        {
          when: (value) => /(^|[\s,])options([\s,]|$)/.test(String(value)),
          because: "a client that asks for a timeout or a schema in its connection's `options` gets a session without it, and is not told",
          instead: "Leave `options` out: PgBouncer then refuses what it cannot pass on.",
        },
      ],
    },
  ],
};
