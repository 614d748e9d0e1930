export { readHba } from "./read-hba.ts";
export { readIni } from "./read-ini.ts";
export { readUserlist } from "./read-userlist.ts";
