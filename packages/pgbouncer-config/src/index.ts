export { renderPgbouncer, renderPgbouncerSecrets } from "./render.ts";
export { PGBOUNCER_CODES, pgbouncerRules } from "./rules.ts";
