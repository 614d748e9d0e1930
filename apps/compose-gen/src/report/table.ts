/** Words in lines of at most so many characters; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last === undefined || last.length + 1 + word.length > width ? [...lines, word] : [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

/**
 * Rows in aligned columns, two spaces apart, without trailing spaces. Cells of a column are wrapped at its width where it
 * has one.
 */
export function formatTable(rows: readonly (readonly string[])[], widths: readonly (number | undefined)[]): string[] {
  const cells = rows.map((row) => row.map((cell, column) => wrap(cell, widths[column] ?? Infinity)));
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const broad = Array.from({ length: columns }, (_, column) =>
    Math.max(...cells.map((row) => Math.max(0, ...(row[column] ?? []).map(({ length }) => length)))),
  );
  return cells.flatMap((row) => {
    const height = Math.max(...row.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      row
        .map((lines, column) => (lines[line] ?? "").padEnd(broad[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  });
}
