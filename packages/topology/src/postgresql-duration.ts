const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 };

/**
 * Seconds of a duration as postgresql.conf writes it (`10min`, `"250 ms"`, `30000`); `undefined` when it is none.
 * @param unit what a bare number counts (`pg_settings.unit`)
 */
export function parsePostgresqlDuration(value: string | number | boolean, unit: "ms" | "s"): number | undefined {
  const match = /^\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(us|ms|s|min|h|d)?\s*$/.exec(String(value));
  const factor = match === null ? undefined : UNITS[match[2] ?? unit];
  return factor === undefined ? undefined : Number(match?.[1]) * factor;
}
