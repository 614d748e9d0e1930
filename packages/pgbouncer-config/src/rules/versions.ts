import { isBefore } from "@matriarch/topology";
import { error, type PgbouncerRule } from "./finding.ts";

/** What pgbouncer.ini asks of PgBouncer, by the release that brought it (PgBouncer's changelog). */
const NEEDS: readonly { readonly since: string; readonly what: string }[] = [
  { since: "1.23.0", what: "a pool_size for a single role, by which its connection_limit is kept" },
];

export const tooOld: PgbouncerRule = ({ platform, pgbouncer }) =>
  NEEDS.filter(({ since }) => pgbouncer.length > 0 && isBefore(platform.versions.pgbouncer, since)).map(({ since, what }) => {
    const message = `The platform ${platform.id} has PgBouncer ${platform.versions.pgbouncer}; pgbouncer.ini needs ${what}, which came with ${since}.`;
    return error("pgbouncer-too-old", ["platform"], message, "Choose a platform with a newer PgBouncer.");
  });
