import type { EtcdCode } from "@matriarch/etcd-config";
import type { Page } from "../page.ts";

/** What etcd cannot accept. */
export const ETCD_PAGES: Readonly<Record<EtcdCode, Page>> = {
  "owned-parameter-etcd": {
    severity: ["error"],
    cause: "`parameters.etcd` sets what Matriarch decides.",
    why: "It follows from nodes, networks, timing or TLS, and must be the same for every member; some would lose acknowledged writes.",
    source: "packages/etcd-config/src/settings, with the reason for each",
    remedy: "Use the key that the hint names.",
    example: { before: "parameters: { etcd: { heartbeat-interval: 200 } }", after: "timing: { etcd_heartbeat_ms: 100 }" },
  },
  "unknown-parameter-etcd": {
    severity: ["error"],
    cause: "etcd's configuration file knows no such key.",
    why: "etcd ignores unknown keys without a word: what was asked for would not be in force.",
    source: "etcd, embed/config.go; etcd.conf.yml.sample",
    remedy: "Take the name that the hint suggests: keys of the file have hyphens.",
    example: { before: "parameters: { etcd: { snapshot_count: 5000 } }", after: "parameters: { etcd: { snapshot-count: 5000 } }" },
  },
  "invalid-parameter-etcd": {
    severity: ["error"],
    cause: "A value is of another kind than etcd reads.",
    why: "etcd does not start. Durations are whole numbers of nanoseconds in its file, not texts like 10s.",
    source: "etcd, embed/config.go",
    remedy: "Write what the hint says.",
    example: { before: "parameters: { etcd: { max-wals: many } }", after: "parameters: { etcd: { max-wals: 5 } }" },
  },
  "unavailable-parameter-etcd": {
    severity: ["error"],
    cause: "The platform's etcd does not know a parameter that another release has.",
    why: "etcd ignores an unknown key without a word, so what was asked for would not be in force. 3.7 no longer has the `experimental-…` names of 3.5.",
    source: "etcd.io, Feature Gates",
    remedy: "Leave it out, or use the name of that release.",
  },
  "dangerous-parameter-etcd": {
    severity: ["warning"],
    cause: "etcd takes the value, and it harms.",
    why: "The message says what comes of it.",
    source: "packages/etcd-config/src/settings, with the reason for each",
    remedy: "Do what the hint says, or leave the parameter out.",
    example: { before: "parameters: { etcd: { pre-vote: false } }", after: "parameters: { etcd: { pre-vote: true } }" },
  },
  "renamed-parameter-etcd": {
    severity: ["warning"],
    cause: "A parameter has the name of etcd 3.5, and the platform carries a newer etcd.",
    why: "3.6 turned `experimental-…` into parameters of their own and feature gates and reads the old names for the last time.",
    source: "etcd.io, Feature Gates; Upgrade etcd from v3.5 to v3.6",
    remedy: "Remove it, and look for its successor.",
  },
  "etcd-too-old": {
    severity: ["error"],
    cause: "The platform's etcd lacks what the cluster needs.",
    why: "Patroni speaks to the JSON gateway under /v3, which came with 3.4; before, it was /v3beta.",
    source: "etcd, CHANGELOG-3.4; patroni/dcs/etcd3.py",
    remedy: "Choose a platform with a newer etcd.",
  },
  "etcd-quota-exceeds-memory": {
    severity: ["warning"],
    cause: "etcd's file may grow larger than the memory of a member.",
    why: "etcd maps the whole file into memory. Beyond it each request reads from the disk, heartbeats come late, and leaders fall.",
    source: "etcd.io, Hardware recommendations, Memory; System limits, Storage size limit",
    remedy: "Leave it out: the default is a quarter of the memory, and Patroni's keys stay in the low megabytes.",
    example: {
      before: "parameters: { etcd: { quota-backend-bytes: 8589934592 } }",
      after: "parameters: { etcd: { quota-backend-bytes: 134217728 } }",
    },
  },
  "etcd-never-compacts": {
    severity: ["warning"],
    cause: "etcd keeps every revision for ever.",
    why: "Each renewal of the lease is one. The file grows until the quota is reached; then etcd refuses every write (NOSPACE), and the primary loses its lease.",
    source: "etcd.io, Maintenance, History compaction",
    remedy: "Leave `auto-compaction-retention` out: the default is an hour.",
    example: {
      before: 'parameters: { etcd: { auto-compaction-retention: "0" } }',
      after: "parameters: { etcd: { auto-compaction-retention: 2h } }",
    },
  },
};
