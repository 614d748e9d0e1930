/** Every code that this package's rules can report. */
export const PATRONI_CODES = [
  "owned-parameter-postgresql",
  "unknown-parameter-postgresql",
  "unavailable-parameter-postgresql",
  "invalid-parameter-postgresql",
  "dangerous-parameter-postgresql",
  "owned-parameter-patroni",
  "unknown-parameter-patroni",
  "unavailable-parameter-patroni",
  "invalid-parameter-patroni",
  "dangerous-parameter-patroni",
  "max-connections-too-low",
  "memory-exceeds-node",
  "synchronous-commit-too-weak",
  "too-few-wal-senders",
  "archiving-without-command",
  "unusable-library",
  "needed-parameter",
  "missing-program",
  "archive-folder",
  "writes-disabled",
  "wal-sender-outlives-lease",
  "patroni-too-old",
  "etcd-refuses-patroni",
] as const;
/** One of `PATRONI_CODES`. */
export type PatroniCode = (typeof PATRONI_CODES)[number];
