import { POOL_LIFETIME, type Topology } from "@matriarch/topology";
import type { Setting } from "./model.ts";

interface Default {
  readonly key: string;
  readonly value: (topology: Topology) => Setting["value"];
  readonly why?: string;
}

/**
 * Where Matriarch differs from PgBouncer 1.24's own defaults, by the titles and in the order of the file. A topology may
 * set these. Together they see to it that PgBouncer neither prolongs an outage nor hides one.
 */
export const DEFAULTS: Readonly<Record<string, readonly Default[]>> = {
  "An outage": [
    {
      key: "server_login_retry",
      value: ({ waits }) => waits.poolerLogin,
      why: "As often as the balancer looks for the new primary; 15 s would come on top of every outage.",
    },
    {
      key: "query_wait_timeout",
      value: () => 10,
      why: "Longer than a planned switchover (2.5 to 7 s), so that PAUSE loses no query; shorter than the loss of a host takes, so that clients hear of it.",
    },
    {
      key: "server_connect_timeout",
      value: () => 5,
      why: "A balancer that does not answer in this time is down: the clients that wait for it may know.",
    },
    {
      key: "client_login_timeout",
      value: () => 15,
      why: "Enough for a lookup that waits as long as a query may.",
    },
    {
      key: "server_check_delay",
      value: () => 5,
      why: "A connection that was idle for longer is tried out before a client gets it.",
    },
    {
      key: "server_lifetime",
      value: () => POOL_LIFETIME,
      why: "A replica that came back has its share of the reads after ten minutes instead of an hour.",
    },
  ],
  Sockets: [
    {
      key: "listen_backlog",
      value: () => 4096,
      why: "After an outage all clients come back at once; what does not fit waits a second or more.",
    },
    {
      key: "tcp_keepidle",
      value: () => 30,
      why: "A peer that vanished is noticed after 45 s instead of two hours.",
    },
    { key: "tcp_keepintvl", value: () => 5 },
    { key: "tcp_keepcnt", value: () => 3 },
    {
      key: "tcp_user_timeout",
      value: () => 10_000,
      why: "Milliseconds. A query sent to a peer that vanished fails after this time, not after a quarter of an hour.",
    },
  ],
  Clients: [
    {
      key: "ignore_startup_parameters",
      value: () => "extra_float_digits",
      why: "JDBC drivers always send it, and PostgreSQL has printed floats exactly since 12. No `options` here: what a client asks for would be dropped silently.",
    },
  ],
};
