// Written by `pnpm platforms:postgresql` from PostgreSQL 17.12 and Patroni 4.0.7 of debian-13. Do not edit it.
import type { PlatformParameters } from "../tables.ts";

export const LIBRARIES: Readonly<Record<string, PlatformParameters>> = {
  auth_delay: { "auth_delay.milliseconds": { accepts: { type: "integer", min: 0, max: 2147483, unit: "ms" }, context: "sighup" } },
  auto_explain: {
    "auto_explain.log_analyze": { accepts: { type: "switch" }, context: "superuser" },
    "auto_explain.log_buffers": { accepts: { type: "switch" }, context: "superuser" },
    "auto_explain.log_format": { accepts: { type: "word", words: ["text", "xml", "json", "yaml"] }, context: "superuser" },
    "auto_explain.log_level": {
      accepts: { type: "word", words: ["debug5", "debug4", "debug3", "debug2", "debug1", "info", "notice", "warning", "log"] },
      context: "superuser",
    },
    "auto_explain.log_min_duration": { accepts: { type: "integer", min: -1, max: 2147483647, unit: "ms" }, context: "superuser" },
    "auto_explain.log_nested_statements": { accepts: { type: "switch" }, context: "superuser" },
    "auto_explain.log_parameter_max_length": { accepts: { type: "integer", min: -1, max: 2147483647, unit: "B" }, context: "superuser" },
    "auto_explain.log_settings": { accepts: { type: "switch" }, context: "superuser" },
    "auto_explain.log_timing": { accepts: { type: "switch" }, context: "superuser" },
    "auto_explain.log_triggers": { accepts: { type: "switch" }, context: "superuser" },
    "auto_explain.log_verbose": { accepts: { type: "switch" }, context: "superuser" },
    "auto_explain.log_wal": { accepts: { type: "switch" }, context: "superuser" },
    "auto_explain.sample_rate": { accepts: { type: "real", min: 0, max: 1 }, context: "superuser" },
  },
  basebackup_to_shell: {
    "basebackup_to_shell.command": { accepts: { type: "text" }, context: "sighup" },
    "basebackup_to_shell.required_role": { accepts: { type: "text" }, context: "sighup" },
  },
  basic_archive: { "basic_archive.archive_directory": { accepts: { type: "text" }, context: "sighup" } },
  pg_prewarm: {
    "pg_prewarm.autoprewarm": { accepts: { type: "switch" }, context: "postmaster" },
    "pg_prewarm.autoprewarm_interval": { accepts: { type: "integer", min: 0, max: 2147483, unit: "s" }, context: "sighup" },
  },
  pg_stat_statements: {
    "pg_stat_statements.max": { accepts: { type: "integer", min: 100, max: 1073741823 }, context: "postmaster" },
    "pg_stat_statements.save": { accepts: { type: "switch" }, context: "sighup" },
    "pg_stat_statements.track": { accepts: { type: "word", words: ["none", "top", "all"] }, context: "superuser" },
    "pg_stat_statements.track_planning": { accepts: { type: "switch" }, context: "superuser" },
    "pg_stat_statements.track_utility": { accepts: { type: "switch" }, context: "superuser" },
  },
  pg_trgm: {
    "pg_trgm.similarity_threshold": { accepts: { type: "real", min: 0, max: 1 }, context: "user" },
    "pg_trgm.strict_word_similarity_threshold": { accepts: { type: "real", min: 0, max: 1 }, context: "user" },
    "pg_trgm.word_similarity_threshold": { accepts: { type: "real", min: 0, max: 1 }, context: "user" },
  },
  plpgsql: {
    "plpgsql.check_asserts": { accepts: { type: "switch" }, context: "user" },
    "plpgsql.extra_errors": { accepts: { type: "text" }, context: "user" },
    "plpgsql.extra_warnings": { accepts: { type: "text" }, context: "user" },
    "plpgsql.print_strict_params": { accepts: { type: "switch" }, context: "user" },
    "plpgsql.variable_conflict": { accepts: { type: "word", words: ["error", "use_variable", "use_column"] }, context: "superuser" },
  },
  postgres_fdw: { "postgres_fdw.application_name": { accepts: { type: "text" }, context: "user" } },
};
