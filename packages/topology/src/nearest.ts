import { closest, distance } from "fastest-levenshtein";

/** What a writer probably meant: the nearest candidate, when at most a third of the letters differ; two in a short word, never all. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const best = closest(word, candidates);
  const most = Math.min(word.length - 1, Math.max(2, Math.floor(word.length / 3)));
  return distance(word, best) <= most ? best : undefined;
}

/** A hint: the nearest candidate, or else all of them after a few words. */
export function didYouMean(word: string, candidates: readonly string[], otherwise: string): string {
  const meant = nearest(word, candidates);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  return candidates.length === 0 ? otherwise : `${otherwise}: ${candidates.join(", ")}.`;
}
