import { closest, distance } from "fastest-levenshtein";

/** What a writer probably meant: the nearest candidate, when at most a third of the letters (two in a short word) differ. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const best = closest(word, candidates);
  return distance(word, best) <= Math.max(2, Math.floor(word.length / 3)) ? best : undefined;
}

/** A hint: the nearest candidate, or else all of them after a few words. */
export function didYouMean(word: string, candidates: readonly string[], otherwise: string): string {
  const meant = nearest(word, candidates);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  return candidates.length === 0 ? otherwise : `${otherwise}: ${candidates.join(", ")}.`;
}
