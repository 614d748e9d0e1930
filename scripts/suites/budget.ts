/** Minutes that all tests of continuous integration may take together, on two quiet processors. */
export const CEILING = 35;

/** Minutes that each part may take there, by its script in package.json, in the order in which they run. */
export const BUDGET = {
  check: 2,
  test: 4,
  "test:packed": 3,
  "test:disk": 2,
  "test:browser": 1,
  "test:checkers": 6,
  "test:live": 16,
} as const;

export type Part = keyof typeof BUDGET;

/** How long a part took. */
export interface Timed {
  readonly name: Part;
  readonly seconds: number;
}

function minutes(seconds: number): string {
  return (seconds / 60).toFixed(1);
}

/** Such as `2.7 of 4 min`, with `, over its budget` where it is. */
export function formatTime({ name, seconds }: Timed): string {
  return `${minutes(seconds)} of ${BUDGET[name]} min${seconds > BUDGET[name] * 60 ? ", over its budget" : ""}`;
}

/** The same of all of them together. */
export function formatTotal(parts: readonly Timed[]): string {
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  return `${minutes(seconds)} of ${CEILING} min${seconds > CEILING * 60 ? ", over the budget" : ""}`;
}
