import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

const ALONE = "cluster: shop\nnodes: { e1: [etcd], e2: [etcd], e3: [etcd], pg1: [postgresql], edge: [haproxy] }";
const PAIR = "cluster: shop\nnodes: { e1: [etcd], e2: [etcd], e3: [etcd], pg1: [postgresql], pg2: [postgresql], edge: [haproxy] }";

/** Who may be the primary, who follows, and who answers reads. */
export const REPLICATION_PAGES = {
  "no-postgresql": {
    severity: ["error"],
    cause: "No node has the role postgresql.",
    why: "There is no database.",
    source: "the schema: `roles` of a node",
    remedy: "Give the role to three nodes; two survive the loss of one as well, and are then one.",
    example: { before: "cluster: shop\nnodes: { e1: [etcd], edge: [haproxy] }", after: PAIR },
  },
  "single-postgresql": {
    severity: ["warning"],
    cause: "There is one PostgreSQL node.",
    why: "Losing it loses the service, and losing its disk loses the data: nothing takes over.",
    source: "PostgreSQL manual, High Availability, Load Balancing, and Replication",
    remedy: "Add a second node with the role postgresql.",
    example: { before: ALONE, after: PAIR },
  },
  "no-promotable-node": {
    severity: ["error"],
    cause: "No PostgreSQL node may be promoted.",
    why: "Each carries Patroni's tag `nofailover`: none ever takes the leader lease, and there is never a primary.",
    source: "Patroni manual, YAML configuration, tags",
    remedy: "Leave `promotable` at true for at least two nodes.",
    example: {
      before:
        "nodes:\n  pg1: { roles: [postgresql], promotable: false }\n  pg2: { roles: [postgresql], promotable: false }\n  pg3: { roles: [postgresql], promotable: false }",
      after: "nodes:\n  pg3: { roles: [postgresql], promotable: false }",
    },
  },
  "no-failover-candidate": {
    severity: ["warning"],
    cause: "When a node that may be the primary dies, no other one may take over.",
    why: "Where replication is synchronous Patroni promotes a synchronous standby only, because it has every acknowledged write.",
    source: "Patroni manual, Replication modes",
    remedy: "Let a second node be promotable, and synchronous where commits wait.",
    example: {
      before: "nodes:\n  pg2: { roles: [postgresql], promotable: false }\n  pg3: { roles: [postgresql], promotable: false }",
      after: "nodes:\n  pg3: { roles: [postgresql], promotable: false }",
    },
  },
  "synchronous-count-unmeetable": {
    severity: ["error"],
    cause: "A commit waits for more standbys than there can be.",
    why: "The primary is no standby of its own. Patroni takes what it finds, so the promise that was written down is never kept; with `strict` no write is ever acknowledged.",
    source: "Patroni manual, Replication modes, synchronous_node_count",
    remedy: "Lower `synchronous_standbys`, or let more nodes be `synchronous`.",
    example: {
      before: "replication: { mode: synchronous, synchronous_standbys: 3 }",
      after: "replication: { mode: synchronous, synchronous_standbys: 2 }",
    },
  },
  "synchronous-too-few-spare": {
    severity: ["warning"],
    cause: "There is no synchronous standby to spare.",
    why: "While one of them is down, writes go on with fewer copies than promised; with `strict` none is acknowledged.",
    source: "Patroni manual, Replication modes, synchronous_mode_strict",
    remedy: "Add a node that may be synchronous: one more than a commit waits for.",
    example: {
      before: "replication: { mode: quorum, synchronous_standbys: 2 }",
      after: "replication: { mode: quorum, synchronous_standbys: 1 }",
    },
  },
  "synchronous-settings-unused": {
    severity: ["warning"],
    cause: "A setting of synchronous replication stands where replication is asynchronous.",
    why: "It means nothing there: a failover may lose acknowledged writes, whatever it says.",
    source: "Patroni manual, Replication modes",
    remedy: "Set `mode` to synchronous or quorum, or remove the key.",
    example: { before: "replication: { strict: true }", after: "replication: { mode: quorum, strict: true }" },
  },
  "lag-limit-refuses-standby": {
    severity: ["error"],
    cause: "Replication waits for standbys, and `max_lag_on_failover` is smaller than a large transaction.",
    why: "Patroni compares every candidate with the position that the primary wrote into etcd last. The WAL of a bulk load that is not committed yet counts there: over a slow link a synchronous standby is hundreds of megabytes behind, although it has every acknowledged write. If the primary's host dies then, the limit refuses the only node that may take over, for as long as one waits.",
    source: "patroni/ha.py 4.0.7, `_is_healthiest_node` and `is_lagging`; patroni#3703, patroni#3327",
    remedy:
      "Leave it out. The list of synchronous standbys (`/sync` in etcd) says who has every acknowledged write, and nobody else may race. A failover that an operator asks for by name goes past the list: ask for a switchover while the primary lives.",
    example: {
      before: "replication: { mode: synchronous, synchronous_standbys: 1, max_lag_on_failover: 16MiB }",
      after: "replication: { mode: synchronous, synchronous_standbys: 1 }",
    },
  },
  "reads-unserved": {
    severity: ["warning"],
    cause: "Nobody may serve the read-only port.",
    why: "With one PostgreSQL node there is no replica, and the primary is not allowed to take its place: clients are refused all the while.",
    source: "docs/architecture.md; backends `ro_replicas` and `ro_primary` of haproxy.cfg",
    remedy: "Leave `primary_as_fallback` at true, or add a PostgreSQL node.",
    example: {
      before: `${ALONE}\nreads: { primary_as_fallback: false }`,
      after: `${PAIR}\nreads: { primary_as_fallback: false }`,
    },
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
