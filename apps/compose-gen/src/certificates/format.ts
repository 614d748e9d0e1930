import { styleText } from "node:util";
import type { InventoryEntry } from "./inventory.ts";

/** The columns, left to right; the last one may be as long as it likes. */
const COLUMNS: readonly (readonly [string, (entry: InventoryEntry) => string])[] = [
  ["DAYS", ({ daysLeft }) => (daysLeft === null ? "?" : String(daysLeft)).padStart(4)],
  ["UNTIL", ({ notAfter }) => notAfter?.slice(0, 10) ?? "?"],
  ["FILE", ({ path, position }) => (position === 1 ? path : `${path} (${position})`)],
  ["USES", ({ uses }) => uses.join(", ")],
  ["KEY", ({ keyType }) => keyType ?? "?"],
  ["ISSUER", ({ issuer }) => issuer ?? "?"],
  ["SUBJECT; NAMES", ({ subject, names }) => [subject ?? "?", ...(names.length === 0 ? [] : [names.join(", ")])].join("; ")],
];

function formatRow(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join("  ")
    .trimEnd();
}

/** Lines below an entry's own. */
function notesOn({ problems, copies }: InventoryEntry, withCopies: boolean): string[] {
  return [
    ...problems.map((problem) => `      ${styleText("red", problem)}`),
    ...(withCopies ? copies.map((copy) => `      ${styleText("dim", `the same in ${copy}`)}`) : []),
  ];
}

/** A table for people, with what is wrong below each line. */
export function formatInventory(entries: readonly InventoryEntry[], withCopies: boolean): string {
  const rows = [COLUMNS.map(([title]) => title), ...entries.map((entry) => COLUMNS.map(([, cell]) => cell(entry)))];
  const last = COLUMNS.length - 1;
  const widths = COLUMNS.map((_, index) => (index === last ? 0 : Math.max(...rows.map((row) => (row[index] ?? "").length))));
  const [head, ...lines] = rows.map((row) => formatRow(row, widths));
  const body = lines.flatMap((line, index) => {
    const entry = entries[index];
    return [line, ...(entry === undefined ? [] : notesOn(entry, withCopies))];
  });
  return [styleText("bold", head ?? ""), ...body, ""].join("\n");
}
