import { stringifyYaml } from "@matriarch/topology";
import type { PatroniFile } from "../model.ts";
import { formatHba, formatIdent } from "./hba.ts";

/** patroni.yml: Patroni takes the lines of pg_hba.conf and pg_ident.conf as lists of text. */
export function formatPatroni(file: PatroniFile): string {
  const { pg_hba, pg_ident, ...postgresql } = file.postgresql;
  return stringifyYaml({ ...file, postgresql: { ...postgresql, pg_hba: formatHba(pg_hba), pg_ident: formatIdent(pg_ident) } });
}
