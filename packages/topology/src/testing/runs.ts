import fc from "fast-check";

/** What the long run asks for at least: it waits for dear properties as well. */
export const LONG_RUN = 10_000;

/**
 * For a property whose every run is dear. Where a change waits for it, it tries one input where the others try `share`; in the
 * long run as many as they.
 */
export function oneIn(share: number): { readonly numRuns: number } {
  const usual = fc.readConfigureGlobal().numRuns ?? 100;
  return { numRuns: usual >= LONG_RUN ? usual : Math.ceil(usual / share) };
}
