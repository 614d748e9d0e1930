/** What the image of PostgreSQL holds for a topology to name. Written by a command, never by hand. */
export interface Shipped {
  /** Programs that are found without a path. */
  readonly programs: readonly string[];
  /** Libraries that PostgreSQL can load, by the package that carries them. */
  readonly libraries: Readonly<Record<string, readonly string[]>>;
  /** Those that only a server can load that is starting. */
  readonly onlyAtStart: readonly string[];
  readonly archiveModules: readonly string[];
}
