import { settingRule } from "@matriarch/topology";
import { PATRONI_DIALECT } from "../settings/dialect.ts";
import { PATRONI_SETTINGS } from "../settings/patroni.ts";
import { postgresqlSettings } from "../settings/postgresql.ts";
import { error, type PatroniRule } from "./finding.ts";

/** By the rows of the topology's own PostgreSQL. */
export const postgresqlParameters: PatroniRule = (topology) => postgresqlSettings(topology).judge(topology);

export const patroniParameters: PatroniRule = settingRule(PATRONI_DIALECT, PATRONI_SETTINGS);

/** The schema allows fewer than Patroni does, which would put 100 in force instead (CMDLINE_OPTIONS in its config.py). */
const FEWEST_CONNECTIONS = 25;

export const maxConnections: PatroniRule = ({ connections: { maxConnections: written } }) => {
  if (written >= FEWEST_CONNECTIONS) return [];
  const message = `Patroni accepts no max_connections of ${written} and would put 100 in force instead.`;
  return [error("max-connections-too-low", ["postgresql", "max_connections"], message, `Set a whole number from ${FEWEST_CONNECTIONS}.`)];
};
