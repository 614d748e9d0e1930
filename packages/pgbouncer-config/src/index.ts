export { PGBOUNCER_CODES, type PgbouncerCode } from "./codes.ts";
export { pgbouncerDescriptors } from "./limits.ts";
export { renderPgbouncer, renderPgbouncerSecrets } from "./render.ts";
export { pgbouncerRules } from "./rules/index.ts";
