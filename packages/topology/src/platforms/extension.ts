/** Rights that roles of a database need on what an extension made, where its own script grants none. */
export interface ExtensionGrant {
  /** The database's owner; or every role that has business in the database. */
  readonly to: "owner" | "everyone";
  /** What stands between GRANT and TO. */
  readonly rights: string;
}

/** An extension of PostgreSQL as a platform carries it: what has to be done so that declaring it makes it work. */
export interface Extension {
  /** The package that carries it, for a major version of PostgreSQL. */
  readonly package: (major: number) => string;
  /** Schema in which it is created; `fixed`: its control file names one; `null`: it has no SQL, so nothing is created. */
  readonly schema: "public" | "fixed" | null;
  /** Extensions that have to be in the database before it. */
  readonly needs?: readonly string[];
  /** The library without which it does not work, to be loaded when the server starts. */
  readonly preload?: string;
  /** Why it can be in one database of the cluster only. */
  readonly oneDatabase?: string;
  /** It is an output plugin of this name: it reads WAL by logical decoding, for which `wal_level` has to be logical. */
  readonly outputPlugin?: string;
  /** Background workers that it takes, beside PostgreSQL's own. */
  readonly workers?: number;
  /** Parameters that follow from where it is created. */
  readonly parameters?: (databases: readonly string[]) => Readonly<Record<string, string | number>>;
  /** Those of them that a topology cannot set otherwise. */
  readonly fixed?: readonly string[];
  readonly grants?: readonly ExtensionGrant[];
}

/** Output plugins that a slot may use whatever is declared: PostgreSQL's default of `output_plugin_libraries`. */
export const DEFAULT_OUTPUT_PLUGINS = ["pgoutput", "test_decoding"] as const;

/** Extensions by their SQL name, or by that of their library where they have no SQL. */
export type Extensions = Readonly<Record<string, Extension>>;
