import type { Machine } from "./machine.ts";
import { isMet, type Measurement } from "./measurement.ts";

export interface BenchReport {
  readonly machine: Machine;
  readonly measurements: readonly Measurement[];
}

const HEADINGS = ["", "unit", "n", "median", "min", "max", "target", ""];

/** Three digits that count, and no thousandth of a second. */
function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function cellsOf(measurement: Measurement): string[] {
  const { name, unit, n, median, min, max, target } = measurement;
  const numbers = [median, min, max].map(formatNumber);
  const goal = target === undefined ? ["", ""] : [`≤ ${target}`, isMet(measurement) ? "met" : "MISSED"];
  return [name, unit, String(n), ...numbers, ...goal];
}

function formatRows(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  // Names, units and words start at the left, numbers end at the right.
  const isText = [true, true, false, false, false, false, false, true];
  return rows.map((row) =>
    row
      .map((cell, column) => (isText[column] ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** The measurements as a table for people, with the machine they come from above. */
export function formatReport({ machine, measurements }: BenchReport): string {
  const { cpu, processors, memoryMib, kernel, load, node, v8, matriarch } = machine;
  const lines = [
    `Matriarch ${matriarch}, Node ${node} (V8 ${v8}), Linux ${kernel}`,
    `${cpu}, ${processors} processors, ${memoryMib} MiB; load before: ${load}`,
    "",
    ...formatRows([HEADINGS, ...measurements.map(cellsOf)]),
  ];
  return `${lines.join("\n")}\n`;
}
