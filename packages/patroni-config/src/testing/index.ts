export { tablesOf } from "../platforms/index.ts";
export type { PlatformParameter, PostgresqlTables } from "../platforms/tables.ts";
export type { FormName } from "../settings/forms.ts";
export { readNumber, unitsBeside } from "../settings/literal.ts";
export { postgresqlSettings } from "../settings/postgresql.ts";
export { readBootstrap, readPasswords } from "./read-bootstrap.ts";
export { shippedWith } from "../shipped/index.ts";
export type { Shipped } from "../shipped/shipped.ts";
export { readHba, readIdent } from "./read-hba.ts";
