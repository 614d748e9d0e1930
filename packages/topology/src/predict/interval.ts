/** One part of an outage, in seconds. */
export interface Term {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Why it takes so long, and where that is known from. */
  readonly why: string;
  /** Present where the part is nearly always 0: it counts in `high`, and not in `usually`. */
  readonly rare?: true;
}

/** A duration between two bounds, in seconds, and the terms that add up to it. */
export interface Interval {
  readonly low: number;
  /** Up to here without the rare terms. */
  readonly usually: number;
  readonly high: number;
  readonly terms: readonly Term[];
}

/** Seconds of a number of milliseconds. */
export function fromMs(milliseconds: number): number {
  return milliseconds / 1000;
}

/** Milliseconds are exact; what lies below is the noise of binary fractions. */
function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function sum(values: readonly number[]): number {
  return toMilliseconds(values.reduce((total, value) => total + value, 0));
}

/** Terms that follow one another. One that is always 0 is left out. */
export function sequence(terms: readonly Term[]): Interval {
  const present = terms.filter(({ high }) => high > 0);
  return {
    low: sum(present.map(({ low }) => low)),
    usually: sum(present.filter(({ rare }) => rare === undefined).map(({ high }) => high)),
    high: sum(present.map(({ high }) => high)),
    terms: present.map((term) => ({ ...term, low: toMilliseconds(term.low), high: toMilliseconds(term.high) })),
  };
}

/**
 * What is left of a term that runs beside others, once they are over: both have to end. The upper bound is exact; the
 * lower one may be too low where the others vary by more than the term, since it may not exceed the upper one.
 */
export function beyond(term: Term, others: readonly Term[]): Term {
  const { low, usually } = sequence(others);
  const high = Math.max(0, term.high - usually);
  return { ...term, low: Math.min(high, Math.max(0, term.low - low)), high };
}
