/** How etcd's configuration file reads a value. */
export type ParameterKind = "text" | "integer" | "nanoseconds" | "switch" | "list";

/**
 * Parameters of etcd 3.5's configuration file that a topology may set, by how the file reads them (the tags and types
 * of `embed.Config`). etcd ignores an unknown key without a word, so a slip of the pen would go unnoticed. 3.6 renames
 * the experimental ones: a platform that carries it needs a table of its own.
 */
export const FREE_PARAMETERS: ReadonlyMap<string, ParameterKind> = new Map(
  Object.entries({
    "auto-compaction-mode": "text",
    "auto-compaction-retention": "text",
    "backend-batch-interval": "nanoseconds",
    "backend-batch-limit": "integer",
    "backend-bbolt-freelist-type": "text",
    "bcrypt-cost": "integer",
    "cipher-suites": "list",
    "enable-log-rotation": "switch",
    "enable-pprof": "switch",
    "experimental-bootstrap-defrag-threshold-megabytes": "integer",
    "experimental-compact-hash-check-enabled": "switch",
    "experimental-compact-hash-check-time": "nanoseconds",
    "experimental-compaction-batch-limit": "integer",
    "experimental-compaction-sleep-interval": "nanoseconds",
    "experimental-corrupt-check-time": "nanoseconds",
    "experimental-distributed-tracing-address": "text",
    "experimental-distributed-tracing-instance-id": "text",
    "experimental-distributed-tracing-sampling-rate": "integer",
    "experimental-distributed-tracing-service-name": "text",
    "experimental-downgrade-check-time": "nanoseconds",
    "experimental-enable-distributed-tracing": "switch",
    "experimental-enable-lease-checkpoint": "switch",
    "experimental-enable-lease-checkpoint-persist": "switch",
    "experimental-initial-corrupt-check": "switch",
    "experimental-memory-mlock": "switch",
    "experimental-snapshot-catch-up-entries": "integer",
    "experimental-stop-grpc-service-on-defrag": "switch",
    "experimental-txn-mode-write-with-shared-buffer": "switch",
    "experimental-warning-apply-duration": "nanoseconds",
    "experimental-watch-progress-notify-interval": "nanoseconds",
    "grpc-keepalive-interval": "nanoseconds",
    "grpc-keepalive-min-time": "nanoseconds",
    "grpc-keepalive-timeout": "nanoseconds",
    "initial-election-tick-advance": "switch",
    "log-level": "text",
    "log-outputs": "list",
    "log-rotation-config-json": "text",
    logger: "text",
    "max-concurrent-streams": "integer",
    "max-request-bytes": "integer",
    "max-snapshots": "integer",
    "max-txn-ops": "integer",
    "max-wals": "integer",
    metrics: "text",
    "pre-vote": "switch",
    "quota-backend-bytes": "integer",
    "snapshot-count": "integer",
    "tls-max-version": "text",
    "tls-min-version": "text",
  } satisfies Record<string, ParameterKind>),
);

/** A free value as the file's YAML types it; `undefined` when etcd would refuse to start with it. */
export function readParameter(
  kind: ParameterKind,
  value: string | number | boolean,
): string | number | boolean | readonly string[] | undefined {
  switch (kind) {
    case "text":
      return typeof value === "string" ? value : undefined;
    case "integer":
    case "nanoseconds":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
    case "switch":
      return typeof value === "boolean" ? value : undefined;
    case "list":
      return typeof value === "string" ? value.split(",").map((item) => item.trim()) : undefined;
  }
}
