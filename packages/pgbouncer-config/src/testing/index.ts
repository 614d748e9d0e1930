export type { ConfigLine } from "../platforms/tables.ts";
export { TABLES } from "../platforms/tables.ts";
export { SETTINGS } from "../settings/index.ts";
export { readHba } from "./read-hba.ts";
export { readIni } from "./read-ini.ts";
export { readUserlist } from "./read-userlist.ts";
