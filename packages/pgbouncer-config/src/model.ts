import type { EntryGroup, ParameterValue } from "@matriarch/topology";

/** An entry of [databases] or [users]: a name, and the parameters behind it in their order. */
export interface NamedEntry {
  readonly name: string;
  readonly parameters: readonly (readonly [key: string, value: string | number])[];
}

/** `pgbouncer.ini`. */
export interface PgbouncerIni {
  readonly databases: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
  readonly settings: readonly EntryGroup<ParameterValue>[];
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
