import type { Owner } from "@matriarch/topology";

interface OwnedNames extends Owner {
  readonly names: readonly string[];
}

const OWNED: readonly OwnedNames[] = [
  {
    names: ["max_connections", "superuser_reserved_connections"],
    because: "the sizes of all pools are computed from it",
    instead: 'Use "postgresql.max_connections".',
  },
  { names: ["jit"], because: "the image carries LLVM only when the topology asks for it", instead: 'Use "postgresql.jit".' },
  {
    names: ["listen_addresses", "port", "unix_socket_directories", "unix_socket_group", "unix_socket_permissions"],
    because: "Patroni, HAProxy and the health checks dial what it says",
    instead: 'Ports of the host are set by "nodes.<name>.publish"; the others are fixed.',
  },
  {
    names: ["hba_file", "ident_file", "config_file", "data_directory", "external_pid_file"],
    because: "Patroni writes these files",
    instead: 'Who may connect is said by "roles.<name>.from" and "databases".',
  },
  {
    names: [
      "ssl",
      "ssl_ca_file",
      "ssl_cert_file",
      "ssl_crl_dir",
      "ssl_crl_file",
      "ssl_key_file",
      "ssl_min_protocol_version",
      "ssl_passphrase_command",
      "ssl_passphrase_command_supports_reload",
    ],
    because: "every connection is encrypted with the certificates that Matriarch makes",
    instead: 'Use the keys under "tls".',
  },
  { names: ["password_encryption"], because: "PgBouncer and pg_hba rely on SCRAM", instead: "Leave it out: it is scram-sha-256." },
  {
    names: ["cluster_name", "hot_standby", "primary_conninfo", "primary_slot_name", "synchronous_standby_names"],
    because: "Patroni sets it, again whenever the cluster changes",
    instead: 'Use "cluster" and the keys under "replication".',
  },
  {
    names: [
      "recovery_target",
      "recovery_target_action",
      "recovery_target_inclusive",
      "recovery_target_lsn",
      "recovery_target_name",
      "recovery_target_time",
      "recovery_target_timeline",
      "recovery_target_xid",
    ],
    because: "a standby that stops at a target, or promotes itself there, breaks the cluster",
    instead: "Restore into a cluster of its own.",
  },
  {
    names: ["fsync", "full_page_writes", "wal_log_hints", "ignore_checksum_failure", "zero_damaged_pages"],
    because: "failover and pg_rewind rely on what it protects",
    instead: "Leave it out.",
  },
  {
    names: ["log_destination", "logging_collector"],
    because: "logs go to standard error, where the container engine or the journal picks them up",
    instead: "Read them there; what is logged can be set with the other log_ parameters.",
  },
  {
    names: ["transaction_deferrable", "transaction_isolation", "transaction_read_only", "seed"],
    because: "a transaction or session says it for itself, and from a file it has no effect",
    instead: 'The defaults for all transactions begin with "default_transaction_".',
  },
  {
    names: ["sync_replication_slots"],
    because: "Patroni keeps logical slots over a failover, and the worker that this starts could not log in",
    instead: 'Name the slots under "databases.<name>.slots".',
  },
  { names: ["matriarch.node"], because: "clients read from it which node answers", instead: 'Name the node under "nodes".' },
];

/** Parameters of PostgreSQL that a topology does not set, with the reason and what it says instead. */
export const POSTGRESQL_OWNERS: ReadonlyMap<string, Owner> = new Map(
  OWNED.flatMap(({ names, because, instead }) => names.map((name) => [name, { because, instead }] as const)),
);
