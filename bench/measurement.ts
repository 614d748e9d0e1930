/** What was measured, in milliseconds or mebibytes. */
export interface Measurement {
  readonly name: string;
  readonly unit: "ms" | "MiB";
  /** How often it was measured. */
  readonly n: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** The most that the median may be; absent where it is there to compare with. */
  readonly target?: number;
}

/**
 * Sums samples up.
 * @throws RangeError when there are none
 */
export function measurementOf(name: string, unit: Measurement["unit"], samples: readonly number[], target?: number): Measurement {
  const sorted = samples.toSorted((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (min === undefined || max === undefined || lower === undefined || upper === undefined) throw new RangeError(`${name}: no samples`);
  return { name, unit, n: sorted.length, median: (lower + upper) / 2, min, max, ...(target === undefined ? {} : { target }) };
}

/** Whether the median keeps to the target; what has none always does. */
export function isMet({ median, target }: Measurement): boolean {
  return target === undefined || median <= target;
}
