import type { Accepts, FreeSetting, ParameterValue } from "@matriarch/topology";
import { LONG_RUN } from "@matriarch/topology/testing";
import fc from "fast-check";

/** Values that a row takes and does not take: the ends of both, and any of them. */
export interface Draws {
  readonly taken: readonly ParameterValue[];
  readonly anyTaken: fc.Arbitrary<ParameterValue>;
  readonly refused: readonly ParameterValue[];
  readonly anyRefused: fc.Arbitrary<ParameterValue>;
}

type NumberAccepts = Extract<Accepts, { readonly min: number }>;

/** Whole numbers: between the bounds, and on both sides of them as far as `Number` is exact. */
export function integers({ min, max }: NumberAccepts, also: readonly ParameterValue[]): Draws {
  const beyond = [...(max < Number.MAX_SAFE_INTEGER ? [max + 1] : []), ...also];
  const middle = Math.min(max, Math.max(min, 1));
  return {
    taken: [...new Set([min, middle, max])],
    anyTaken: fc.integer({ min, max }),
    refused: beyond,
    anyRefused: fc.oneof(fc.constantFrom(...beyond), fc.integer({ min: Math.min(max + 1, Number.MAX_SAFE_INTEGER), max: 2 ** 53 - 1 })),
  };
}

/** For a row that is left out where refusals are drawn: it has none that could be seen. */
const NONE: fc.Arbitrary<ParameterValue> = fc.constant(false);

/** One of these, or one of those. */
export function listed(taken: readonly ParameterValue[], refused: readonly ParameterValue[]): Draws {
  return { taken, anyTaken: fc.constantFrom(...taken), refused, anyRefused: refused.length === 0 ? NONE : fc.constantFrom(...refused) };
}

/** Parameters as a topology writes them. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** How many of each kind go to the daemon itself where not all do: enough to notice that a verdict is wrong in kind. */
const SHARE = 40;

/** All of them in the long run; else every so many, so that no part of the list is left out. */
export function shareOf<T>(all: readonly T[], propertyRuns: number): T[] {
  const step = propertyRuns >= LONG_RUN ? 1 : Math.max(1, Math.floor(all.length / SHARE));
  return all.filter((_, place) => place % step === 0);
}

interface Options {
  readonly rows: readonly FreeSetting<never, unknown>[];
  readonly drawsOf: (row: FreeSetting<never, unknown>) => Draws;
  readonly count: number;
}

const SEED = 9;

/** Each row at each of its ends, alone; then any rows together, until there are `count` sets. */
export function acceptedSets({ rows, drawsOf, count }: Options): Parameters[] {
  const ends = rows.flatMap((row) => drawsOf(row).taken.map((value) => ({ [row.key]: value })));
  const one = (row: Options["rows"][number]) => drawsOf(row).anyTaken.map((value): [string, ParameterValue] => [row.key, value]);
  const any = fc.uniqueArray(fc.constantFrom(...rows), { minLength: 1, maxLength: 6 }).chain((chosen) => fc.tuple(...chosen.map(one)));
  const drawn = fc.sample(any, { seed: SEED, numRuns: Math.max(1, count - ends.length) });
  return [...ends, ...drawn.map((pairs) => Object.fromEntries(pairs))];
}

/** One value that a row refuses: each end of each row, then any, until there are `count`. */
export function refusals({ rows, drawsOf, count }: Options): { readonly key: string; readonly value: ParameterValue }[] {
  const ends = rows.flatMap((row) => drawsOf(row).refused.map((value) => ({ key: row.key, value })));
  const refusing = rows.filter((row) => drawsOf(row).refused.length > 0);
  const any = fc.constantFrom(...refusing).chain((row) => drawsOf(row).anyRefused.map((value) => ({ key: row.key, value })));
  return [...ends, ...fc.sample(any, { seed: SEED, numRuns: Math.max(1, count - ends.length) })];
}
