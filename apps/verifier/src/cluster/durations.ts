const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 };

/** A duration as PostgreSQL's settings are written, in seconds; a number alone is in milliseconds. Throws where it is none. */
export function secondsOf(setting: string): number {
  const [, amount, unit = "ms"] = /^(\d+(?:\.\d+)?)\s*([a-z]+)?$/.exec(setting) ?? [];
  const size = SECONDS[unit];
  if (amount === undefined || size === undefined) throw new Error(`${setting} is no duration`);
  return Number(amount) * size;
}
