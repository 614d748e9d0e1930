import fc from "fast-check";

/** For a property whose every run is dear: one where the others try `share` inputs. */
export function oneIn(share: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) / share) };
}
