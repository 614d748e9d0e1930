import type { ParsedTopology } from "../schema/schema.ts";
import type { Timing } from "../timing.ts";

/** How long daemons wait for each other beside Patroni's timing, in seconds. An outage depends on each of them. */
export interface Waits {
  /** `wal_sender_timeout`: a standby that is silent for so long is given up. 0: never. */
  readonly walSender: number;
  /** `wal_retrieve_retry_interval`: a standby asks its new primary again this often. */
  readonly walRetrieve: number;
  /** `authentication_timeout`: a fast shutdown may wait this long for who has connected and said nothing. */
  readonly authentication: number;
  /** PgBouncer's `server_login_retry`. */
  readonly poolerLogin: number;
}

type Parameters = ParsedTopology["parameters"];

/** Seconds of PostgreSQL's units of time. */
const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 };

/** Seconds of a duration as PostgreSQL reads it, a bare number counted in `unit`; `undefined` when it is none. */
function parseDuration(value: string | number | boolean, unit: "ms" | "s"): number | undefined {
  const match = /^\s*([0-9]+(?:\.[0-9]+)?)\s*(us|ms|s|min|h|d)?\s*$/.exec(String(value));
  const factor = UNITS[match?.[2] ?? unit];
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}

/** What the topology sets itself, in seconds; names of settings are not case-sensitive. */
function written(parameters: Parameters["postgresql"], name: string, unit: "ms" | "s"): number | undefined {
  const entry = Object.entries(parameters).find(([key]) => key.toLowerCase() === name);
  return entry === undefined ? undefined : parseDuration(entry[1], unit);
}

/** The waits in force: those that follow from the timing, or what a free parameter says instead. */
export function resolveWaits({ postgresql, pgbouncer }: Parameters, timing: Timing): Waits {
  return {
    walSender: written(postgresql, "wal_sender_timeout", "ms") ?? timing.retryTimeout,
    walRetrieve: written(postgresql, "wal_retrieve_retry_interval", "ms") ?? timing.loopWait,
    authentication: written(postgresql, "authentication_timeout", "s") ?? 10,
    // As often as the balancer looks for the new primary.
    poolerLogin: parseDuration(pgbouncer["server_login_retry"] ?? "", "s") ?? timing.checkFastIntervalMs / 1000,
  };
}
