import type { PatroniCode } from "@matriarch/patroni-config";
import type { Page } from "../page.ts";

const NODES = Array.from({ length: 6 }, (_, index) => `pg${index + 1}: [postgresql]`).join(", ");
const SIX = `cluster: shop\nnodes: { e1: [etcd], e2: [etcd], e3: [etcd], ${NODES}, edge: [haproxy] }`;

/** A command that archives into the data volume: no backup, but it runs. */
const ARCHIVE = "mkdir -p /var/lib/postgresql/wal && cp %p /var/lib/postgresql/wal/%f";

/** What Patroni and PostgreSQL cannot accept, or would silently replace. */
export const PATRONI_PAGES: Readonly<Record<PatroniCode, Page>> = {
  "owned-parameter-postgresql": {
    severity: ["error"],
    cause: "`parameters.postgresql` sets what Matriarch or Patroni decides.",
    why: "It follows from the rest of the topology (connections, TLS, replication), or Patroni sets it again at every change and the written value is never in force.",
    source: "packages/patroni-config/src/settings/owned.ts, with the reason for each; Patroni manual, Important rules",
    remedy: "Use the key that the hint names.",
    example: {
      before: "parameters: { postgresql: { max_connections: 200 } }",
      after: "postgresql: { max_connections: 100 }",
    },
  },
  "unknown-parameter-postgresql": {
    severity: ["error"],
    cause: "PostgreSQL has no such parameter in this version.",
    why: "Patroni leaves it out, with a line in its log: what was asked for is not in force.",
    source: "patroni/postgresql/validator.py; the view pg_settings",
    remedy: "Correct the name. Names with a dot belong to a library; those of libraries that the image does not carry are not judged.",
    example: {
      before: "parameters: { postgresql: { log_min_duration_statment: 1s } }",
      after: "parameters: { postgresql: { log_min_duration_statement: 1s } }",
    },
  },
  "unavailable-parameter-postgresql": {
    severity: ["error"],
    cause: "A parameter belongs to another major version of PostgreSQL.",
    why: "Patroni leaves it out, with a line in its log: what was asked for is not in force.",
    source: "PostgreSQL manual, Release Notes",
    remedy: "Leave it out, or take the version that has it.",
    example: {
      before: "parameters: { postgresql: { io_method: worker } }",
      after: "parameters: { postgresql: { effective_io_concurrency: 300 } }",
    },
  },
  "invalid-parameter-postgresql": {
    severity: ["error"],
    cause: "A value has another type, unit or word than the parameter takes, lies outside its bounds, or contradicts another parameter.",
    why: "Patroni reads each value first. What it cannot read it leaves out, so that PostgreSQL's default is in force; what is out of bounds it moves to the bound; both with no more than a line in its log. What it passes on and PostgreSQL refuses stops the next start.",
    source: "patroni/postgresql/validator.py and config.py, `CMDLINE_OPTIONS`; the view pg_settings of the platform's own PostgreSQL",
    remedy: "Write what the hint says. Units are B, kB, MB, GB, TB and us, ms, s, min, h, d, spelled like this.",
    example: {
      before: "parameters: { postgresql: { max_wal_size: 8Gb } }",
      after: "parameters: { postgresql: { max_wal_size: 8GB } }",
    },
  },
  "dangerous-parameter-postgresql": {
    severity: ["warning"],
    cause: "PostgreSQL takes the value, and it harms the cluster.",
    why: "The message says what comes of it.",
    source: "packages/patroni-config/src/settings/dangers.ts; PostgreSQL manual, Server Configuration",
    remedy: "Do what the hint says, or leave the parameter out.",
    example: {
      before: "parameters: { postgresql: { autovacuum: false } }",
      after: "parameters: { postgresql: { autovacuum_naptime: 30s } }",
    },
  },
  "owned-parameter-patroni": {
    severity: ["error"],
    cause: "`parameters.patroni` sets what another key of the topology says.",
    why: "HAProxy's checks, the predicted outage and the promise about acknowledged writes are computed from it.",
    source: "packages/patroni-config/src/settings/patroni.ts",
    remedy: "Use the key that the hint names.",
    example: { before: "parameters: { patroni: { ttl: 40 } }", after: "timing: { ttl: 40 }" },
  },
  "unknown-parameter-patroni": {
    severity: ["error"],
    cause: "Patroni's dynamic configuration has no such key that a topology can set.",
    why: "Patroni ignores it without a word.",
    source: "patroni/global_config.py; Patroni manual, Dynamic configuration settings",
    remedy: "Correct the name: the hint has the most likely one.",
    example: {
      before: "parameters: { patroni: { member_slot_ttl: 1h } }",
      after: "parameters: { patroni: { member_slots_ttl: 1h } }",
    },
  },
  "unavailable-parameter-patroni": {
    severity: ["error"],
    cause: "The platform's Patroni does not know a key that another release has.",
    why: "Patroni ignores it without a word.",
    source: "Patroni manual, Release notes",
    remedy: "Leave it out, or choose a platform with that release.",
    example: {
      before: "parameters: { patroni: { primary_race_backoff: 2 } }",
      after: "parameters: { patroni: { max_timelines_history: 100 } }",
    },
  },
  "dangerous-parameter-patroni": {
    severity: ["warning"],
    cause: "Patroni takes the value, and it harms the cluster.",
    why: "The message says what comes of it.",
    source: "packages/patroni-config/src/settings/patroni.ts; patroni/ha.py",
    remedy: "Do what the hint says, or leave the key out.",
    example: {
      before: "parameters: { patroni: { check_timeline: false } }",
      after: "parameters: { patroni: { check_timeline: true } }",
    },
  },
  "invalid-parameter-patroni": {
    severity: ["error"],
    cause: "A value is of another kind than Patroni reads.",
    why: "Patroni uses its default instead.",
    source: "patroni/global_config.py",
    remedy: "Write what the hint says.",
    example: {
      before: "parameters: { patroni: { member_slots_ttl: soon } }",
      after: "parameters: { patroni: { member_slots_ttl: 1h } }",
    },
  },
  "max-connections-too-low": {
    severity: ["error"],
    cause: "`postgresql.max_connections` is lower than Patroni accepts.",
    why: "Patroni puts 100 in force instead, and the pools were sized for something else.",
    source: "patroni/postgresql/config.py, `CMDLINE_OPTIONS`",
    remedy: "Set 25 or more.",
    example: { before: "postgresql: { max_connections: 24 }", after: "postgresql: { max_connections: 60 }" },
  },
  "memory-exceeds-node": {
    severity: ["error", "warning"],
    cause: "PostgreSQL may take more memory than its node has.",
    why: "There is no swap to fall back on: the kernel kills what does not fit, usually the postmaster with every session, and under load. An error where shared memory and the connections alone do not fit; a warning where it depends on how many sessions sort or hash at the same moment.",
    source: "PostgreSQL manual, Resource Consumption; Linux Memory Overcommit",
    remedy: "Give the node more memory, or lower `max_connections` or the parameter that takes the most; the message adds them up.",
    example: {
      before: "parameters: { postgresql: { shared_buffers: 900MB } }",
      after: "parameters: { postgresql: { shared_buffers: 300MB } }",
    },
  },
  "synchronous-commit-too-weak": {
    severity: ["error"],
    cause: "Replication is synchronous, and `synchronous_commit` does not wait for it.",
    why: "A commit is acknowledged before any standby has it: a failover loses what the topology promises to keep.",
    source: "PostgreSQL manual, Write Ahead Log, synchronous_commit",
    remedy: "Remove it, or set `replication.mode` to asynchronous. A session that can bear the loss may set it for itself.",
    example: {
      before: "replication: { mode: quorum }\nparameters: { postgresql: { synchronous_commit: local } }",
      after: "replication: { mode: quorum }\nparameters: { postgresql: { synchronous_commit: remote_apply } }",
    },
  },
  "too-few-wal-senders": {
    severity: ["error"],
    cause: "There are fewer WAL senders, or slots, than standbys.",
    why: "Each standby needs one of both on whichever node is the primary. The others cannot follow, and one that is rebuilt needs two more senders.",
    source: "PostgreSQL manual, Replication, max_wal_senders; patroni/postgresql/slots.py",
    remedy: "Leave both out: the defaults grow with the nodes.",
    example: {
      before: `${SIX}\nparameters: { postgresql: { max_wal_senders: 4 } }`,
      after: `${SIX}\nparameters: { postgresql: { max_wal_senders: 10 } }`,
    },
  },
  "archiving-without-command": {
    severity: ["error"],
    cause: "Archiving is on, and nothing archives.",
    why: "PostgreSQL keeps every file of WAL until it is archived. The disk fills, the primary stops, and so does the next one.",
    source: "PostgreSQL manual, Continuous Archiving, Setting Up WAL Archiving",
    remedy: "Set `archive_command` or `archive_library` as well, or remove `archive_mode`.",
    example: {
      before: "parameters: { postgresql: { archive_mode: true } }",
      after: `parameters: { postgresql: { archive_mode: true, archive_command: "${ARCHIVE}" } }`,
    },
  },
  "unusable-library": {
    severity: ["error"],
    cause: "PostgreSQL is told to load a library that it cannot load there.",
    why: "The image holds the libraries of PostgreSQL's own package and of the extensions that the topology declares, and no others. A server that lacks one of `shared_preload_libraries` does not start; one of `session_preload_libraries` or `local_preload_libraries` keeps out every session; without its `archive_library` no WAL is archived, and none is removed. Some libraries load only when the server starts, and only some can archive.",
    source:
      "src/backend/utils/fmgr/dfmgr.c; src/backend/postmaster/pgarch.c; which libraries an image holds: packages/patroni-config/src/shipped, asked of the image",
    remedy: "Declare the extension that the library belongs to: it is then installed and loaded. Or correct the name.",
    example: {
      before: "parameters: { postgresql: { shared_preload_libraries: pg_cron } }",
      after: "databases: { app: { extensions: [pg_cron] } }",
    },
  },
  "needed-parameter": {
    severity: ["error"],
    cause: "A library, an output plugin or a logical slot needs a parameter that is not set, or is set to something else.",
    why: "`basic_archive` without its folder archives nothing, and PostgreSQL keeps all WAL until the disk is full; pg_partman's worker without its databases does nothing; output plugins and logical slots read what only `wal_level: logical` writes, and with a slot that is there already PostgreSQL does not start without it (patroni#2539).",
    source: "PostgreSQL manual, basic_archive; Logical Decoding; github.com/pgpartman/pg_partman, README, Setup",
    remedy: "Set the parameter that the message names, or do without the library.",
    example: {
      before: "parameters: { postgresql: { archive_mode: true, archive_library: basic_archive } }",
      after:
        "parameters: { postgresql: { archive_mode: true, archive_library: basic_archive, basic_archive.archive_directory: /var/lib/postgresql/wal } }",
    },
  },
  "missing-program": {
    severity: ["error"],
    cause: "PostgreSQL is told to call a program that the image does not have.",
    why: "The shell does not find it, each time. Where it was to archive, no WAL is removed: the disk fills, the primary stops, and so does the next one.",
    source:
      "PostgreSQL manual, Continuous Archiving; which programs an image holds: packages/patroni-config/src/shipped, asked of the image",
    remedy:
      "Call a program of the image (`cp`, `gzip`, `tar`, `curl`, PostgreSQL's own), or put one into the data volume of each node and name it by its full path.",
    example: {
      before: 'parameters: { postgresql: { archive_mode: true, archive_command: "pgbackrest --stanza=main archive-push %p" } }',
      after: `parameters: { postgresql: { archive_mode: true, archive_command: "${ARCHIVE}" } }`,
    },
  },
  "archive-folder": {
    severity: ["error", "warning"],
    cause: "WAL goes to a folder, or comes from one, that is not there.",
    why: "A node's file system is read-only, and only its data volume is mounted to be written. Elsewhere the folder cannot exist (an error); below the volume it is missing until somebody makes it (a warning). As long as it is missing nothing is archived, and PostgreSQL keeps all WAL. What is in memory, such as /tmp, is small and gone with the container.",
    source: "PostgreSQL manual, Continuous Archiving; the bundle's compose.yaml, `read_only`, `volumes`, `tmpfs`",
    remedy: "Use a folder below /var/lib/postgresql, and let the command make it: `mkdir -p` costs nothing where it is there.",
    example: {
      before: 'parameters: { postgresql: { archive_mode: true, archive_command: "cp %p /archive/%f" } }',
      after: `parameters: { postgresql: { archive_mode: true, archive_command: "${ARCHIVE}" } }`,
    },
  },
  "writes-disabled": {
    severity: ["error"],
    cause: "Every session of every node would start read-only.",
    why: "The script that makes roles and databases after initdb is one of them: it fails, and Patroni gives the bootstrap up.",
    source: "PostgreSQL manual, Client Connection Defaults, default_transaction_read_only",
    remedy: "Remove it: the read-only port and the aliases `<database>_ro` are read-only already.",
    example: {
      before: "parameters: { postgresql: { default_transaction_read_only: true } }",
      after: "parameters: { postgresql: { default_transaction_read_only: false } }",
    },
  },
  "wal-sender-outlives-lease": {
    severity: ["warning"],
    cause: "Commits may wait longer for a vanished standby than a lease lasts.",
    why: "When a standby's host vanishes no packet says so. Until `wal_sender_timeout` ends the connection the standby counts as synchronous, and every commit waits for it.",
    source: "PostgreSQL manual, Replication, wal_sender_timeout; patroni/postgresql/sync.py",
    remedy: "Leave it out: the default is retry_timeout.",
    example: {
      before: "replication: { mode: synchronous }\nparameters: { postgresql: { wal_sender_timeout: 5min } }",
      after: "replication: { mode: synchronous }\nparameters: { postgresql: { wal_sender_timeout: 15s } }",
    },
  },
  "patroni-too-old": {
    severity: ["error"],
    cause: "The platform's Patroni lacks what the cluster needs.",
    why: "Quorum commit came with 4.0; and since then its answers say `primary` where they said `master`, which is what HAProxy looks for.",
    source: "Patroni manual, Release notes, 4.0.0",
    remedy: "Choose a platform with a newer Patroni.",
  },
  "etcd-refuses-patroni": {
    severity: ["error"],
    cause: "The platform's etcd, with authentication on, refuses requests of its Patroni.",
    why: "3.5.28 and 3.6.9 closed the list of members and the renewal of leases to requests without a token (CVE-2026-33413), which Patroni sends since 4.0.8 and 4.1.1. These two releases themselves refuse the list to everybody but root.",
    source: "github.com/patroni/patroni/pull/3580; github.com/etcd-io/etcd/pull/21550, /pull/21549",
    remedy: "Choose a platform whose pair fits: etcd before 3.5.28, or from 3.5.29 or 3.6.10 on with Patroni from 4.0.8 or 4.1.1 on.",
  },
};
