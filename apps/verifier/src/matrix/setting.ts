const BYTES: Readonly<Record<string, number>> = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };
const MICROSECONDS: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6, min: 6e7, h: 3.6e9, d: 8.64e10 };
const BOOLEANS: Readonly<Record<string, string>> = { true: "on", false: "off", yes: "on", no: "off" };

/** `8kB`: eight kibibytes. PostgreSQL's units of pg_settings may carry a factor. */
function scaleOf(unit: string): { readonly kind: "bytes" | "time"; readonly size: number } | null {
  const [, factor = "", name = ""] = /^(\d*)([A-Za-z]+)$/.exec(unit) ?? [];
  const times = factor === "" ? 1 : Number(factor);
  if (BYTES[name] !== undefined) return { kind: "bytes", size: BYTES[name] * times };
  if (MICROSECONDS[name] !== undefined) return { kind: "time", size: MICROSECONDS[name] * times };
  return null;
}

/**
 * A value as somebody writes it, as `pg_settings.setting` shows it: sizes and times in the setting's own unit (`16MB` is
 * 2048 where the unit is 8kB), booleans as `on` and `off`, everything else as it stands.
 */
export function asShown(value: string, unit: string | null): string {
  const [, amount, written] = /^(-?\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(value) ?? [];
  if (unit !== null && amount !== undefined && written !== undefined) {
    const from = scaleOf(written);
    const to = scaleOf(unit);
    if (from && to && from.kind === to.kind) return String(Math.round((Number(amount) * from.size) / to.size));
  }
  return BOOLEANS[value.toLowerCase()] ?? value;
}
