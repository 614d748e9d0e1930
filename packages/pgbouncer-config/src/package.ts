import type { DaemonPackage } from "@matriarch/topology";
import { PGBOUNCER_CODES, type PgbouncerCode } from "./codes.ts";
import { pgbouncerDescriptors } from "./limits.ts";
import { renderPgbouncer, renderPgbouncerSecrets } from "./render.ts";
import { pgbouncerRules } from "./rules/index.ts";

/** All that this package offers, in the shape that all daemons' packages have. */
export const pgbouncerPackage: DaemonPackage<PgbouncerCode> = {
  kind: "pgbouncer",
  title: "PgBouncer",
  codes: PGBOUNCER_CODES,
  rules: pgbouncerRules,
  render: renderPgbouncer,
  renderSecrets: renderPgbouncerSecrets,
  descriptors: pgbouncerDescriptors,
  processes: () => 64,
  stopGrace: () => 5,
};
