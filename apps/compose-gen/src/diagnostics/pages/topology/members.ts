import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

const nodes = (etcd: number, others: string) =>
  `cluster: shop\nnodes: { ${Array.from({ length: etcd }, (_, index) => `e${index + 1}: [etcd]`).join(", ")}, ${others} }`;
const SERVERS = "pg1: [postgresql], pg2: [postgresql], pg3: [postgresql]";
const EDGES = "edge1: [haproxy, pgbouncer], edge2: [haproxy, pgbouncer]";

/** How many there are of each kind. */
export const MEMBER_PAGES = {
  "no-etcd": {
    severity: ["error"],
    cause: "No node has the role etcd.",
    why: "Patroni has nowhere to keep the leader lease: no node can become the primary.",
    source: "Patroni manual, Introduction",
    remedy: "Give the role to three nodes.",
    example: { before: `cluster: shop\nnodes: { ${SERVERS}, ${EDGES} }`, after: nodes(3, `${SERVERS}, ${EDGES}`) },
  },
  "single-etcd": {
    severity: ["warning"],
    cause: "There is one etcd member.",
    why: "While it is down there is no lease, and so no writable primary, however many PostgreSQL nodes there are.",
    source: "etcd.io, FAQ, Failure tolerance",
    remedy: "Give the role to three nodes.",
    example: { before: nodes(1, `${SERVERS}, ${EDGES}`), after: nodes(3, `${SERVERS}, ${EDGES}`) },
  },
  "even-etcd": {
    severity: ["warning"],
    cause: "The number of etcd members is even.",
    why: "Four survive the loss of one, as three do, and there is one more that can fail; two survive the loss of none.",
    source: "etcd.io, FAQ, Why an odd number of cluster members?",
    remedy: "Add a member, or remove one.",
    example: { before: nodes(4, `${SERVERS}, ${EDGES}`), after: nodes(5, `${SERVERS}, ${EDGES}`) },
  },
  "too-many-etcd": {
    severity: ["warning"],
    cause: "There are more than seven etcd members.",
    why: "Every write waits for a majority of them, so each further member makes it slower and little safer.",
    source: "etcd.io, FAQ, What is maximum cluster size?",
    remedy: "Five survive the loss of two; seven, the most that etcd advises, of three.",
    example: { before: nodes(9, `${SERVERS}, ${EDGES}`), after: nodes(7, `${SERVERS}, ${EDGES}`) },
  },
  "no-haproxy": {
    severity: ["error"],
    cause: "No node has the role haproxy.",
    why: "Nothing leads clients, PgBouncer included, to whoever is the primary at the moment.",
    source: "docs/architecture.md",
    remedy: "Give the role to two nodes.",
    example: { before: nodes(3, `${SERVERS}, pool: [pgbouncer]`), after: nodes(3, `${SERVERS}, ${EDGES}`) },
  },
  "single-haproxy": {
    severity: ["warning"],
    cause: "There is one HAProxy.",
    why: "While it is down no client reaches PostgreSQL, whatever else survives.",
    source: "docs/architecture.md",
    remedy: "Give the role to a second node, and let clients know both (libpq takes a list of hosts).",
    example: { before: nodes(3, `${SERVERS}, edge: [haproxy]`), after: nodes(3, `${SERVERS}, ${EDGES}`) },
  },
  "no-pgbouncer": {
    severity: ["info"],
    cause: "No node has the role pgbouncer.",
    why: "Every client then holds a server connection of its own, with a process and its memory.",
    source: "PostgreSQL wiki, Number Of Database Connections",
    remedy: "Give the role to a node when there are more clients than `postgresql.max_connections`.",
    example: { before: nodes(3, `${SERVERS}, a: [haproxy], b: [haproxy]`), after: nodes(3, `${SERVERS}, ${EDGES}`) },
  },
  "single-pgbouncer": {
    severity: ["warning"],
    cause: "There is one PgBouncer.",
    why: "While it is down its clients are cut off.",
    source: "docs/architecture.md",
    remedy: "Give the role to a second node.",
    example: { before: nodes(3, `${SERVERS}, a: [haproxy, pgbouncer], b: [haproxy]`), after: nodes(3, `${SERVERS}, ${EDGES}`) },
  },
  "leaf-outlives-ca": {
    severity: ["error"],
    cause: "Certificates would live longer than the CA that signs them.",
    why: "From the day the CA ends nobody accepts them, whatever date stands on them.",
    source: "RFC 5280, 6.1.3: each certificate of the path must be valid",
    remedy: "Set `tls.lifetime.leaf` to that of the CA or less; 397 days is the default.",
    example: { before: "tls: { lifetime: { ca: 300 } }", after: "tls: { lifetime: { ca: 300, leaf: 90 } }" },
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
