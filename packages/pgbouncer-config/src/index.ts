export { PGBOUNCER_CODES, type PgbouncerCode } from "./codes.ts";
export { pgbouncerPackage } from "./package.ts";
export { renderPgbouncer, renderPgbouncerSecrets } from "./render.ts";
export { pgbouncerRules } from "./rules/index.ts";
