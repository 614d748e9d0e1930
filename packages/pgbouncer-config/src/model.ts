/** One parameter of the [pgbouncer] section. */
export interface Setting {
  readonly key: string;
  readonly value: string | number | boolean;
  /** Said above it in the file: why the value is not what one would expect. */
  readonly why?: string | undefined;
}

/** Settings that belong together, under a comment of their own. */
export interface SettingGroup {
  readonly title: string;
  readonly settings: readonly Setting[];
}

/** An entry of [databases] or [users]: a name, and the parameters behind it in their order. */
export interface Entry {
  readonly name: string;
  readonly parameters: readonly (readonly [key: string, value: string | number])[];
}

/** `pgbouncer.ini`. */
export interface PgbouncerIni {
  readonly databases: readonly Entry[];
  readonly users: readonly Entry[];
  readonly settings: readonly SettingGroup[];
}

/** Who may log in where from, and how. The first line that fits decides. */
export type HbaLine =
  | { readonly type: "local"; readonly databases: Names; readonly users: Names; readonly method: HbaMethod }
  | {
      readonly type: "hostssl" | "host";
      readonly databases: Names;
      readonly users: Names;
      readonly address: string;
      readonly method: HbaMethod;
    };

export type Names = "all" | readonly string[];
type HbaMethod = "scram-sha-256" | "reject";

/** A line of `userlist.txt`. */
export interface ListedUser {
  readonly name: string;
  readonly password: string;
}
