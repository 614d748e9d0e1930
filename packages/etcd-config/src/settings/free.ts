import type { FreeSetting } from "@matriarch/topology";
import { INTEGER, LIST, NANOSECONDS, SWITCH, TEXT } from "./accepts.ts";

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
  { key: "backend-bbolt-freelist-type", accepts: TEXT, takesEffect: "restart" },
  { key: "bcrypt-cost", accepts: INTEGER, takesEffect: "restart" },
  { key: "cipher-suites", accepts: LIST, takesEffect: "restart" },
  { key: "enable-log-rotation", accepts: SWITCH, takesEffect: "restart" },
  { key: "enable-pprof", accepts: SWITCH, takesEffect: "restart" },
  { key: "experimental-bootstrap-defrag-threshold-megabytes", accepts: INTEGER, takesEffect: "restart", until: REMOVED },
  { key: "experimental-compact-hash-check-enabled", accepts: SWITCH, takesEffect: "restart", until: REMOVED },
  { key: "experimental-compact-hash-check-time", accepts: NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "experimental-compaction-batch-limit", accepts: INTEGER, takesEffect: "restart", until: REMOVED },
  { key: "experimental-compaction-sleep-interval", accepts: NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "experimental-corrupt-check-time", accepts: NANOSECONDS, takesEffect: "restart", until: REMOVED },
  { key: "experimental-distributed-tracing-address", accepts: TEXT, takesEffect: "restart", until: REMOVED },
  { key: "experimental-distributed-tracing-instance-id", accepts: TEXT, takesEffect: "restart", until: REMOVED },
  { key: "experimental-distributed-tracing-sampling-rate", accepts: INTEGER, takesEffect: "restart", until: REMOVED },
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
  { key: "log-rotation-config-json", accepts: TEXT, takesEffect: "restart" },
  { key: "max-concurrent-streams", accepts: INTEGER, takesEffect: "restart" },
  { key: "max-request-bytes", accepts: INTEGER, takesEffect: "restart" },
  { key: "max-snapshots", accepts: INTEGER, takesEffect: "restart" },
  { key: "max-txn-ops", accepts: INTEGER, takesEffect: "restart" },
  { key: "max-wals", accepts: INTEGER, takesEffect: "restart" },
  { key: "metrics", accepts: TEXT, takesEffect: "restart" },
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
  { key: "tls-max-version", accepts: TEXT, takesEffect: "restart" },
];
