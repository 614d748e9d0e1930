import type { FreeSetting } from "@matriarch/topology";
import { between, CIPHER_SUITES, INTEGER, NANOSECONDS, POSITIVE, ROTATION, SOME_NANOSECONDS, SWITCH, TEXT, words } from "./accepts.ts";

/** Names that 3.6 keeps beside their new ones for one release more (etcd.io, "Feature Gates"). */
const REMOVED = "3.7.0";

/**
 * What a topology may set and Matriarch leaves at etcd's own default: keys of 3.5's configuration file, by how the file reads
 * them (the tags and types of `embed.Config`). 3.6 renames the experimental ones: a platform that carries it needs rows of
 * its own.
 */
export const FREE: readonly FreeSetting<unknown, never>[] = [
  { key: "backend-batch-interval", accepts: NANOSECONDS, takesEffect: "restart" },
  { key: "backend-batch-limit", accepts: INTEGER, takesEffect: "restart" },
  { key: "backend-bbolt-freelist-type", accepts: words("map", "array"), takesEffect: "restart" },
  {
    key: "bcrypt-cost",
    accepts: between(4, 31),
    takesEffect: "restart",
    dangers: [
      {
        when: (value) => Number(value) > 14,
        because: "each login of Patroni takes a second and more of a processor, and twice as long with every step",
        instead: "Leave it out: the default is 10.",
      },
    ],
  },
  {
    key: "cipher-suites",
    accepts: CIPHER_SUITES,
    takesEffect: "restart",
    dangers: [
      {
        when: (value) => /RC4|3DES/.test(String(value)),
        because: "the list has suites that can be broken",
        instead: "Leave it out: Go has a list of good ones.",
      },
    ],
  },
  { key: "enable-log-rotation", accepts: SWITCH, takesEffect: "restart" },
  { key: "enable-pprof", accepts: SWITCH, takesEffect: "restart" },
  { key: "experimental-bootstrap-defrag-threshold-megabytes", accepts: INTEGER, takesEffect: "restart", until: REMOVED },
  { key: "experimental-compact-hash-check-enabled", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-compact-hash-check-time", accepts: SOME_NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "experimental-compaction-batch-limit", accepts: INTEGER, takesEffect: "restart", until: REMOVED },
  { key: "experimental-compaction-sleep-interval", accepts: NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "experimental-corrupt-check-time", accepts: NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "experimental-distributed-tracing-address", accepts: TEXT, takesEffect: "restart", until: REMOVED },
  { key: "experimental-distributed-tracing-instance-id", accepts: TEXT, takesEffect: "restart", until: REMOVED },
  { key: "experimental-distributed-tracing-sampling-rate", accepts: between(0, 1_000_000), takesEffect: "restart", until: REMOVED },
  { key: "experimental-distributed-tracing-service-name", accepts: TEXT, takesEffect: "restart", until: REMOVED },
  { key: "experimental-downgrade-check-time", accepts: NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "experimental-enable-distributed-tracing", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-enable-lease-checkpoint", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-enable-lease-checkpoint-persist", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-initial-corrupt-check", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-memory-mlock", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-snapshot-catch-up-entries", accepts: INTEGER, takesEffect: "restart", until: REMOVED },
  { key: "experimental-stop-grpc-service-on-defrag", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-txn-mode-write-with-shared-buffer", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-warning-apply-duration", accepts: NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "experimental-watch-progress-notify-interval", accepts: NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "grpc-keepalive-interval", accepts: NANOSECONDS, takesEffect: "restart" },
  { key: "grpc-keepalive-min-time", accepts: NANOSECONDS, takesEffect: "restart" },
  { key: "grpc-keepalive-timeout", accepts: NANOSECONDS, takesEffect: "restart" },
  { key: "initial-election-tick-advance", accepts: SWITCH, takesEffect: "restart" },
  { key: "log-rotation-config-json", accepts: ROTATION, takesEffect: "restart" },
  { key: "max-concurrent-streams", accepts: between(1, 2 ** 32 - 1), takesEffect: "restart" },
  {
    key: "max-request-bytes",
    accepts: POSITIVE,
    takesEffect: "restart",
    dangers: [
      {
        when: (value) => Number(value) < 2 ** 17,
        because: "Patroni keeps its history and its configuration in single values, and a larger one is refused",
        instead: "Leave it out: the default is 1.5 MiB.",
      },
    ],
  },
  { key: "max-snapshots", accepts: INTEGER, takesEffect: "restart" },
  {
    key: "max-txn-ops",
    accepts: POSITIVE,
    takesEffect: "restart",
    dangers: [
      {
        when: (value) => Number(value) < 16,
        because: "Patroni changes several keys in one transaction, and a larger one is refused",
        instead: "Leave it out: the default is 128.",
      },
    ],
  },
  { key: "max-wals", accepts: INTEGER, takesEffect: "restart" },
  { key: "metrics", accepts: words("basic", "extensive"), takesEffect: "restart" },
  {
    key: "pre-vote",
    accepts: SWITCH,
    takesEffect: "restart",
    dangers: [
      {
        when: (value) => value === false,
        because: "a member that comes back after it was cut off unseats a leader that is well, and writes stop for an election",
        instead: "Leave it out: it is on.",
      },
    ],
  },
  { key: "tls-max-version", accepts: words("TLS1.2", "TLS1.3", ""), takesEffect: "restart" },
];
