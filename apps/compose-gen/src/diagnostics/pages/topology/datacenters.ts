import type { TopologyCode } from "@matriarch/topology";
import type { Page } from "../../page.ts";

const FAR_STANDBY = "nodes: { pg3: { roles: [postgresql], datacenter: paris, promotable: false, synchronous: false } }";

/** What several datacenters mean for commits, for the lease and for the way in. */
export const DATACENTER_PAGES = {
  "synchronous-across-datacenters": {
    severity: ["info"],
    cause: "Commits wait for a standby in another datacenter.",
    why: "Each commit pays the way there and back. That is the price of losing nothing when a datacenter is lost; who did not mean to pay it has slower writes for nothing.",
    source: "PostgreSQL manual, Synchronous Replication, Planning for Performance",
    remedy: "Keep it where no acknowledged write may be lost with a datacenter; else add a synchronous node beside the primary.",
    example: {
      before:
        "datacenters: [berlin, paris]\nreplication: { mode: synchronous }\nnodes: { pg1: { roles: [postgresql], datacenter: paris } }",
      after: `datacenters: [berlin, paris]\nreplication: { mode: synchronous }\n${FAR_STANDBY}`,
    },
  },
  "synchronous-within-datacenter": {
    severity: ["info"],
    cause: "The standbys that a commit waits for can all be in the primary's datacenter.",
    why: "Commits are fast, and losing a node loses nothing. Losing the datacenter can lose the writes of the last moments: the nodes elsewhere follow asynchronously.",
    source: "PostgreSQL manual, Synchronous Replication, Planning for High Availability",
    remedy:
      "Keep it, and know the loss; or let only nodes of another datacenter be `synchronous`, so that each commit waits for the way there.",
    example: {
      before: `datacenters: [berlin, paris]\nreplication: { mode: synchronous }\n${FAR_STANDBY}`,
      after: "replication: { mode: synchronous }",
    },
  },
  "majority-without-primary": {
    severity: ["warning"],
    cause: "The datacenter with etcd's majority has no node that may be promoted.",
    why: "The leader lease can be held only where a majority of etcd answers. When that datacenter is cut off, the nodes that could be the primary hold no lease, and the ones that could hold it may not be the primary.",
    source: "Patroni manual, HA multi datacenter",
    remedy: "Place the majority of etcd where the primary is, or let a node there be promotable.",
    example: {
      before:
        "datacenters: [berlin, paris]\nnodes:\n  etcd1: { roles: [etcd], datacenter: paris }\n  etcd2: { roles: [etcd], datacenter: paris }\n  pg3: { roles: [postgresql], datacenter: paris, promotable: false }",
      after:
        "datacenters: [berlin, paris]\nnodes:\n  etcd1: { roles: [etcd], datacenter: paris }\n  pg3: { roles: [postgresql], datacenter: paris, promotable: false }",
    },
  },
  "failsafe-across-datacenters": {
    severity: ["warning"],
    cause: "Failsafe is on, and the PostgreSQL nodes are in several datacenters.",
    why: "Without etcd the primary stays writable only while every member answers it, not while most do. The cut that takes etcd's quorum usually takes a member as well, and the primary with it.",
    source: "Patroni manual, DCS Failsafe Mode; patroni/ha.py, check_failsafe_topology",
    remedy: "Count on failsafe for the loss of etcd alone, or keep the PostgreSQL nodes in one datacenter.",
    example: {
      before: "datacenters: [berlin, paris]\non_dcs_loss: failsafe\nnodes: { pg3: { roles: [postgresql], datacenter: paris } }",
      after: "on_dcs_loss: failsafe",
    },
  },
  "etcd-majority-in-one-datacenter": {
    severity: ["warning"],
    cause: "Losing one datacenter leaves etcd without a quorum.",
    why: "Without a quorum nobody holds the leader lease: no writable primary, only reads. With two datacenters one of them always has the majority, or neither has.",
    source: "etcd.io, FAQ, Failure tolerance; Patroni manual, HA multi datacenter",
    remedy: "Put an etcd member into a third datacenter. With two, be ready to promote the other one by hand.",
    example: {
      before: "datacenters: [berlin, paris]\nnodes: { etcd3: { roles: [etcd], datacenter: paris } }",
      after:
        "datacenters: [berlin, paris, prague]\nnodes:\n  etcd2: { roles: [etcd], datacenter: paris }\n  etcd3: { roles: [etcd], datacenter: prague }",
    },
  },
  "way-in-through-one-datacenter": {
    severity: ["warning"],
    cause: "All balancers, or all poolers, are in one datacenter.",
    why: "Losing it closes that way in, whatever else survives: two of a kind there are one to a fire.",
    source: "docs/architecture.md, Networks",
    remedy: "Move one of them to another datacenter.",
    example: {
      before: `datacenters: [berlin, paris]\n${FAR_STANDBY}`,
      after: `datacenters: [berlin, paris]\nnodes:\n  pg3: { roles: [postgresql], datacenter: paris }\n  edge2: { roles: [haproxy, pgbouncer], datacenter: paris }`,
    },
  },
} as const satisfies Partial<Record<TopologyCode, Page>>;
