/**
 * The words after the keyword of a free directive, or `null` when it is to be left out. `true` is the bare keyword,
 * `false` none at all; text is words between spaces, in which nothing else is special.
 */
export function wordsOf(value: string | number | boolean): readonly string[] | null {
  if (typeof value === "boolean") return value ? [] : null;
  return String(value)
    .split(" ")
    .filter((word) => word !== "");
}
