export { type HaproxyTable, TABLES } from "../platforms/tables.ts";
export { SETTINGS } from "../settings/index.ts";
export { linesOf } from "./grammar.ts";
export { readHaproxy } from "./read-haproxy.ts";
