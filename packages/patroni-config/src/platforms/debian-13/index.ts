import type { PostgresqlTables } from "../tables.ts";
import { LIBRARIES } from "./libraries-17.ts";
import { PARAMETERS } from "./postgresql-17.ts";
import { ABBREVIATIONS, CURVES, ENCODINGS, LOCALES, MAX_STACK_DEPTH, TIME_ZONES, VERSIONS } from "./words-17.ts";

/** By PostgreSQL's major version. */
export const DEBIAN_13: Readonly<Record<number, PostgresqlTables>> = {
  17: {
    versions: VERSIONS,
    parameters: PARAMETERS,
    libraries: LIBRARIES,
    timeZones: TIME_ZONES,
    locales: LOCALES,
    encodings: ENCODINGS,
    abbreviations: ABBREVIATIONS,
    curves: CURVES,
    maxStackDepth: MAX_STACK_DEPTH,
  },
};
