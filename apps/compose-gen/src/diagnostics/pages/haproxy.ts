import type { HaproxyCode } from "@matriarch/haproxy-config";
import type { Page } from "../page.ts";

/** What HAProxy cannot accept, or would not survive. */
export const HAPROXY_PAGES: Readonly<Record<HaproxyCode, Page>> = {
  "owned-parameter-haproxy": {
    severity: ["error"],
    cause: "`parameters.haproxy` sets what Matriarch decides.",
    why: "Limits, checks, certificates and the socket belong together; changed alone they no longer fit.",
    source: "packages/haproxy-config/src/settings/owned.ts, with the reason for each",
    remedy: "Use the key that the hint names.",
    example: { before: "parameters: { haproxy: { maxconn: 10000 } }", after: "balancer: { max_connections: 5000 }" },
  },
  "unknown-parameter-haproxy": {
    severity: ["error"],
    cause: "It is no directive of HAProxy's global section that a topology may set.",
    why: "HAProxy does not start with a directive that it does not know; the name of a section would open one in the middle of another.",
    source: "HAProxy manual, 3, Global section",
    remedy: "Take the name from the manual; the other sections are rendered from the rest of the topology.",
    example: { before: "parameters: { haproxy: { tune.bufsiz: 32768 } }", after: "parameters: { haproxy: { tune.bufsize: 32768 } }" },
  },
  "invalid-parameter-haproxy": {
    severity: ["error"],
    cause: "A directive has more words than HAProxy reads on a line.",
    why: "It reads 64, the keyword among them, and does not start with more.",
    source: "HAProxy, include/haproxy/defaults.h, `MAX_LINE_ARGS`",
    remedy: "Say it in fewer words.",
    example: {
      before: `parameters: { haproxy: { cpu-map: "${Array.from({ length: 64 }, (_, index) => index).join(" ")}" } }`,
      after: 'parameters: { haproxy: { cpu-map: "1 0-63" } }',
    },
  },
  "balancer-connections-below-pools": {
    severity: ["warning"],
    cause: "HAProxy accepts fewer connections than the poolers open.",
    why: "What is beyond maxconn waits in the kernel's queue without an answer: no error, until a timeout.",
    source: "HAProxy manual, 4.2, maxconn",
    remedy: "Raise `balancer.max_connections`, with room for clients that come past PgBouncer; or make `pools.size` smaller.",
    example: { before: "balancer: { max_connections: 10 }", after: "balancer: { max_connections: 1000 }" },
  },
  "balancer-file-descriptors": {
    severity: ["error"],
    cause: "HAProxy needs more file descriptors than Linux gives a process.",
    why: "Each session takes two, and there are two ports. HAProxy computes what it needs and does not start with less.",
    source: "HAProxy manual, 3.1, strict-limits; Linux, fs.nr_open",
    remedy: "Lower `balancer.max_connections` to 262000 or less.",
    example: { before: "balancer: { max_connections: 300000 }", after: "balancer: { max_connections: 4000 }" },
  },
  "balancer-memory": {
    severity: ["warning"],
    cause: "HAProxy's connections may take more memory than its node has.",
    why: "The kernel kills it at the moment of the most clients.",
    source: "measured: 3.4 KiB for an idle session of HAProxy 3.0, the rest for the kernel's two sockets",
    remedy: "Give its node the memory that the hint names, or lower `balancer.max_connections`.",
    example: { before: "balancer: { max_connections: 20000 }", after: "balancer: { max_connections: 4000 }" },
  },
  "haproxy-too-old": {
    severity: ["error"],
    cause: "The platform's HAProxy lacks what haproxy.cfg uses.",
    why: "The section crt-store came with 3.0; an older HAProxy does not start.",
    source: "HAProxy manual, 12.5, crt-store",
    remedy: "Choose a platform with a newer HAProxy.",
  },
  "checks-outlast-lease": {
    severity: ["warning"],
    cause: "HAProxy may take longer to find a dead host down than the leader lease lasts.",
    why: "Meanwhile the new primary is a second one beside the old. HAProxy cannot know which is right, so it refuses everybody: the outage is longer than Patroni's part of it.",
    source: "HAProxy manual, 5.2, inter, fall; the frontend `rw` of haproxy.cfg",
    remedy: "Lower check_interval_ms or check_fall; those of the presets are well below their ttl.",
    example: { before: "timing: { check_interval_ms: 8000 }", after: "timing: { check_interval_ms: 2000 }" },
  },
  "pool-outlives-balancer": {
    severity: ["warning"],
    cause: "PgBouncer keeps idle server connections longer than HAProxy does.",
    why: "HAProxy ends a session after 24 idle hours. The end that hands connections out must have the shorter limit: it knows when nobody uses one.",
    source: "HAProxy manual, 4.2, timeout server; PgBouncer manual, server_idle_timeout, server_lifetime",
    remedy: "Set `server_idle_timeout` or `server_lifetime` below 86400; both are 600 by default.",
    example: {
      before: "parameters: { pgbouncer: { server_idle_timeout: 0, server_lifetime: 172800 } }",
      after: "parameters: { pgbouncer: { server_idle_timeout: 3600, server_lifetime: 172800 } }",
    },
  },
};
