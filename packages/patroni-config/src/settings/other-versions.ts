import type { FreeSetting } from "@matriarch/topology";

const SINCE: Readonly<Record<string, readonly string[]>> = {
  18: [
    "autovacuum_vacuum_max_threshold",
    "autovacuum_worker_slots",
    "enable_distinct_reordering",
    "enable_self_join_elimination",
    "extension_control_path",
    "file_copy_method",
    "idle_replication_slot_timeout",
    "io_max_combine_limit",
    "io_max_concurrency",
    "io_method",
    "io_workers",
    "log_lock_failures",
    "max_active_replication_origins",
    "md5_password_warnings",
    "oauth_validator_libraries",
    "ssl_groups",
    "ssl_tls13_ciphers",
    "track_cost_delay_timing",
    "vacuum_max_eager_freeze_failure_rate",
    "vacuum_truncate",
  ],
};

const UNTIL: Readonly<Record<string, readonly string[]>> = {
  13: ["wal_keep_segments"],
  14: ["operator_precedence_warning", "vacuum_cleanup_index_scale_factor"],
  15: ["stats_temp_directory"],
  16: ["force_parallel_mode", "promote_trigger_file", "vacuum_defer_cleanup_age"],
  17: ["db_user_namespace", "old_snapshot_threshold", "trace_recovery_messages"],
};

function rowsOf(versions: Readonly<Record<string, readonly string[]>>, bound: "since" | "until"): FreeSetting<unknown, never>[] {
  return Object.entries(versions).flatMap(([version, keys]) =>
    keys.map((key) => ({ key, accepts: { type: "text" } as const, takesEffect: "reload" as const, [bound]: version })),
  );
}

/** Parameters that people know from another major version. Source: PostgreSQL's release notes. */
export const OF_OTHER_VERSIONS: readonly FreeSetting<unknown, never>[] = [...rowsOf(SINCE, "since"), ...rowsOf(UNTIL, "until")];
