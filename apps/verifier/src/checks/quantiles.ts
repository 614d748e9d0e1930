import { build } from "hdr-histogram-js";

export interface Quantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Quantiles of durations in nanoseconds, as milliseconds, to three digits; `null` for none. The maximum is exact. */
export function quantilesOf(durations: readonly number[]): Quantiles | null {
  if (durations.length === 0) return null;
  const histogram = build({ numberOfSignificantValueDigits: 3, autoResize: true });
  let max = 0;
  for (const duration of durations) {
    histogram.recordValue(Math.max(0, Math.round(duration / 1000)));
    max = Math.max(max, duration);
  }
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
  return { p50: at(50), p90: at(90), p99: at(99), max: max / 1e6 };
}

/** Quantiles as evidence: `<what> p99 ms`. */
export function quantileEvidence(what: string, durations: readonly number[]): Readonly<Record<string, number | null>> {
  const quantiles = quantilesOf(durations);
  const names = ["p50", "p90", "p99", "max"] as const;
  return Object.fromEntries(names.map((name) => [`${what} ${name} ms`, quantiles && quantiles[name]]));
}
