import type { Accepts } from "@matriarch/topology";

/** `pg_settings.context`: when and by whom a parameter can be changed. */
export type ParameterContext = "postmaster" | "sighup" | "superuser-backend" | "backend" | "superuser" | "user";

/** What a parameter's value can be, so that Patroni passes it on as it is and PostgreSQL puts it in force. */
export interface PlatformParameter {
  readonly accepts: Accepts;
  readonly context: ParameterContext;
}

/** Parameters by their name in lower case. */
export type PlatformParameters = Readonly<Record<string, PlatformParameter>>;

/** What the PostgreSQL and the Patroni of a platform take. Written by a command, never by hand. */
export interface PostgresqlTables {
  /** The releases that were asked. A newer one takes the same, as long as the checkers say nothing else. */
  readonly versions: Readonly<Record<"postgresql" | "patroni", string>>;
  /** PostgreSQL's own. */
  readonly parameters: PlatformParameters;
  /** Those that a library brings, by the library. */
  readonly libraries: Readonly<Record<string, PlatformParameters>>;
  readonly timeZones: readonly string[];
  readonly locales: readonly string[];
  /** Names of encodings for clients, with nothing but letters and digits. */
  readonly encodings: readonly string[];
  /** Values of timezone_abbreviations. */
  readonly abbreviations: readonly string[];
  /** Elliptic curves of OpenSSL. */
  readonly curves: readonly string[];
  /** The largest max_stack_depth, in kB: what the container's limit leaves. */
  readonly maxStackDepth: number;
}
