export type { PlatformParameter, PostgresqlTables } from "../platforms/tables.ts";
export { readBootstrap, readPasswords } from "./read-bootstrap.ts";
export { readHba, readIdent } from "./read-hba.ts";
