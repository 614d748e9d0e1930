/** `1.24.1` in numbers; what is missing counts as 0, and a suffix (`-rc.1`, `+deb13u1`) is not looked at. */
function numbersOf(version: string): number[] {
  return version.split(".").map((part) => Number.parseInt(part, 10) || 0);
}

/** Whether a release came before another: `isBefore("4.0.7", "4.0.8")`. */
export function isBefore(version: string, other: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(other)];
  const differing = Array.from({ length: Math.max(left.length, right.length) }).findIndex(
    (_, index) => (left[index] ?? 0) !== (right[index] ?? 0),
  );
  return differing !== -1 && (left[differing] ?? 0) < (right[differing] ?? 0);
}
