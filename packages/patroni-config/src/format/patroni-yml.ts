import { stringifyYaml } from "@matriarch/topology";
import type { PatroniFile } from "../model.ts";
import { REASONS } from "../settings/reasons.ts";
import { dynamicReasons, dynamicTree, mappingOf, reasonsOf } from "./dynamic-yml.ts";
import { formatHba, formatIdent } from "./hba.ts";

/** patroni.yml as Patroni reads it, which takes the lines of pg_hba.conf and pg_ident.conf as lists of text. */
function patroniTree(file: PatroniFile): Readonly<Record<string, unknown>> {
  const { pg_hba, pg_ident, parameters, ...postgresql } = file.postgresql;
  return {
    ...file,
    bootstrap: { ...file.bootstrap, dcs: dynamicTree(file.bootstrap.dcs) },
    postgresql: { ...postgresql, parameters: mappingOf(parameters), pg_hba: formatHba(pg_hba), pg_ident: formatIdent(pg_ident) },
  };
}

/** patroni.yml, with the reason above what surprises. */
export function formatPatroni(file: PatroniFile): string {
  const dynamic = dynamicReasons(file.bootstrap.dcs, ["bootstrap", "dcs"]);
  const parameters = reasonsOf(file.postgresql.parameters, ["postgresql", "parameters"]);
  return stringifyYaml(patroniTree(file), [...REASONS, ...dynamic, ...parameters]);
}
