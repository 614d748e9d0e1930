/**
 * Text files of a bundle, by path: what was rendered by its place among the rendered files (`haproxy/haproxy.cfg`); keys,
 * certificates and secrets by their place in the bundle (`pki/node1/server.crt`).
 */
export type Files = ReadonlyMap<string, string>;

/** Makes other files of them. Throws where there is nothing of the kind that it changes. */
export type Mutation = (files: Files) => Files;

/** A bundle that is broken on purpose in one way, and what has to notice. */
export interface Mutant {
  readonly id: string;
  /** What is wrong with it. */
  readonly title: string;
  readonly mutate: Mutation;
  /** The scenario that has to find it. */
  readonly finder: string;
  /** The claim of that scenario that has to fail. */
  readonly claim: string;
  /** What has to be among the things that were observed: not everything that lets the claim fail shows what was broken. */
  readonly seen: RegExp;
  /** `fresh`: on a cluster of its own, from the start; `running`: the daemons take it over as an operator would have them do. */
  readonly start: "fresh" | "running";
  /** `false`: such a cluster never becomes whole, so nobody waits for that. */
  readonly becomesWhole: boolean;
}
