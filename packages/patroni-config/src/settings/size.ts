import type { ParameterValue } from "../model.ts";

const UNITS: Readonly<Record<string, number>> = { B: 1 / 1024, kB: 1, MB: 1024, GB: 1024 ** 2, TB: 1024 ** 3 };

/** What a number without a unit counts: kilobytes, or blocks. */
export type SizeUnit = "kB" | "8kB" | "MB";

/** Parameters whose size is weighed against the node's memory, with the unit of a bare number (`pg_settings.unit`). */
export const SIZE_UNITS: ReadonlyMap<string, SizeUnit> = new Map([
  ["shared_buffers", "8kB"],
  ["work_mem", "kB"],
  ["maintenance_work_mem", "kB"],
]);

/** A size as PostgreSQL writes it, in the largest unit that holds it exactly. */
export function formatSize(kib: number): string {
  const unit = kib % 1024 ** 2 === 0 ? "GB" : kib % 1024 === 0 ? "MB" : "kB";
  return `${kib / (UNITS[unit] ?? 1)}${unit}`;
}

/** KiB of a size as PostgreSQL reads it; `undefined` when it is none. */
export function parseSize(value: ParameterValue, unit: SizeUnit): number | undefined {
  const match = /^\s*([0-9]+(?:\.[0-9]+)?)\s*(B|kB|MB|GB|TB)?\s*$/.exec(String(value));
  if (match === null) return undefined;
  const kib = match[2] === undefined ? (unit === "8kB" ? 8 : UNITS[unit]) : UNITS[match[2]];
  return kib === undefined ? undefined : Number(match[1]) * kib;
}
