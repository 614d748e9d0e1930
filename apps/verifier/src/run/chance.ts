/** Numbers in [0, 1) that are the same for the same seed, everywhere: Park and Miller's generator. */
export function* chancesOf(seed: number): Generator<number, never> {
  for (let state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1; ;) yield (state = (state * 48271) % 2147483647) / 2147483647;
}

/** The seed of one part of a run: the same whether it is played alone or among others. */
export function seedFor(seed: number, part: string): number {
  return new TextEncoder().encode(part).reduce((sum, byte) => (sum * 31 + byte) % 2147483646, seed);
}

/** A list in an order of chance. */
export function shuffled<Item>(list: readonly Item[], chance: () => number): Item[] {
  return list
    .map((item) => ({ item, rank: chance() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
