import type { Mutant, Mutation } from "../mutant.ts";

type Finder = Pick<Mutant, "finder" | "claim" | "seen">;

function row(id: string, title: string, found: Finder, mutate: Mutation): Mutant {
  return { id, title, mutate, ...found, start: "running", becomesWhole: true };
}

/** A mutant that a running cluster takes over, and is whole with. */
export const broken = row;

/** A mutant that shows only in a cluster that began with it, or leaves one that is of no more use. */
export function brokenFromTheStart(...args: Parameters<typeof row>): Mutant {
  return { ...row(...args), start: "fresh" };
}

/** A mutant with which the cluster is not whole, for as long as it lasts. */
export function neverWhole(...args: Parameters<typeof row>): Mutant {
  return { ...row(...args), becomesWhole: false };
}

/** The claim of a scenario, and what is to be observed when it fails. */
export function claimOf(finder: string, claim: string, seen: RegExp): Finder {
  return { finder, claim, seen };
}
