const COUNT = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const FIGURE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/** A whole number: `12,345`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** Any number, to two decimals at most; `?` where it could not be told. */
export function formatFigure(figure: number | null): string {
  return figure === null ? "?" : FIGURE.format(figure);
}

/** Seconds to a tenth, without the unit: for columns. */
export function formatTenths(seconds: number): string {
  return seconds.toFixed(1);
}

/** How long something took, for people: `0.4 s`, `21.4 s`, `3 min 12 s`, `1 h 25 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${formatTenths(seconds)} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 scenario`, `12 scenarios`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
