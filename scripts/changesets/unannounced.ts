export interface Package {
  /** From the root, such as `packages/topology`. */
  readonly folder: string;
  readonly name: string;
}

/** A package whose goldens changed without a word to its users. */
export interface Unannounced extends Package {
  readonly goldens: readonly string[];
}

/** Packages with changes below their `fixtures` that no changeset names. */
export function findUnannounced(packages: readonly Package[], changes: readonly string[], announced: readonly string[]): Unannounced[] {
  return packages
    .filter(({ name }) => !announced.includes(name))
    .map(({ folder, name }) => ({ folder, name, goldens: changes.filter((file) => file.startsWith(`${folder}/fixtures/`)) }))
    .filter(({ goldens }) => goldens.length > 0);
}
