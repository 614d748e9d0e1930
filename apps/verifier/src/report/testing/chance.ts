/** Numbers between 0 and 1 that look random and are the same each time. */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // xorshift32: enough to make dots look like measurements.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
