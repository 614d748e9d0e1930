import type { Topology } from "./topology.ts";

/** Seconds after which PgBouncer replaces a server connection that is free: Matriarch's default for `server_lifetime`. */
export const POOL_LIFETIME = 600;

/** PgBouncer's own default for `server_idle_timeout`, in seconds. */
const POOL_IDLE = 600;

/**
 * Seconds for which PgBouncer may keep a server connection that nobody uses. `server_idle_timeout: 0` sets no limit;
 * with `server_lifetime: 0` a connection ends after its first use.
 */
export function longestPoolIdle({ parameters: { pgbouncer } }: Topology): number {
  const seconds = (key: string, otherwise: number) => (typeof pgbouncer[key] === "number" ? pgbouncer[key] : otherwise);
  const idle = seconds("server_idle_timeout", POOL_IDLE);
  return Math.min(idle === 0 ? Infinity : idle, seconds("server_lifetime", POOL_LIFETIME));
}
