export { type EtcdTable, TABLES } from "../platforms/tables.ts";
export { SETTINGS } from "../settings/index.ts";
