import { longestPoolIdle, parsePostgresqlDuration } from "@matriarch/topology";
import { type PgbouncerRule, warning } from "./finding.ts";

/** Seconds: the longest that a planned switchover took, PAUSE to RESUME, under load. */
const LONGEST_SWITCHOVER = 7;

/** A switchover without a failed transaction holds the queries back with PAUSE; they must be willing to wait. */
export const queryWaitBelowSwitchover: PgbouncerRule = ({ parameters: { pgbouncer } }) => {
  const wait = pgbouncer["query_wait_timeout"];
  if (typeof wait !== "number" || wait === 0 || wait >= LONGEST_SWITCHOVER) return [];
  const message = `A query waits ${wait} s for a server, and a planned switchover takes up to ${LONGEST_SWITCHOVER} s: what PgBouncer holds back meanwhile fails.`;
  const hint = `Set it to ${LONGEST_SWITCHOVER} or more; the default is 10.`;
  return [warning("query-wait-below-switchover", ["parameters", "pgbouncer", "query_wait_timeout"], message, hint)];
};

export const loginRetryProlongsOutage: PgbouncerRule = ({ parameters: { pgbouncer }, timing }) => {
  const retry = pgbouncer["server_login_retry"];
  if (typeof retry !== "number" || retry <= timing.loopWait) return [];
  const message = `After a failed login PgBouncer waits ${retry} s, longer than a round of Patroni (loop_wait, ${timing.loopWait} s): the new primary is there, and its clients are not.`;
  const hint = `Leave it out: the default is check_fast_interval_ms, ${timing.checkFastIntervalMs / 1000} s.`;
  return [warning("login-retry-prolongs-outage", ["parameters", "pgbouncer", "server_login_retry"], message, hint)];
};

/** PostgreSQL cannot tell a pooled connection that waits for work from a forgotten one. */
export const idleSessionTimeoutCutsPools: PgbouncerRule = (topology) =>
  Object.entries(topology.parameters.postgresql).flatMap(([key, value]) => {
    const limit = key.toLowerCase() === "idle_session_timeout" ? (parsePostgresqlDuration(value, "ms") ?? 0) : 0;
    const idle = longestPoolIdle(topology);
    if (topology.pgbouncer.length === 0 || limit <= 0 || limit >= idle) return [];
    const kept = idle === Infinity ? "without a limit" : `for ${idle} s`;
    const message = `PostgreSQL ends a session that is idle for ${limit} s, and PgBouncer keeps one ${kept}: the pool loses connections that it counts on.`;
    const hint = `Set PgBouncer's server_idle_timeout below ${limit}, or leave "${key}" out.`;
    return [warning("idle-session-timeout-cuts-pools", ["parameters", "postgresql", key], message, hint)];
  });
