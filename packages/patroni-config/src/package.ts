import type { DaemonPackage } from "@matriarch/topology";
import { PATRONI_CODES, type PatroniCode } from "./codes.ts";
import { processesOf, stopGraceOf } from "./limits.ts";
import { renderPatroni, renderPatroniSecrets } from "./render.ts";
import { patroniRules } from "./rules/index.ts";

/** All that this package offers, in the shape that all daemons' packages have. */
export const patroniPackage: DaemonPackage<PatroniCode> = {
  kind: "postgresql",
  title: "Patroni and PostgreSQL",
  codes: PATRONI_CODES,
  rules: patroniRules,
  render: renderPatroni,
  renderSecrets: renderPatroniSecrets,
  processes: processesOf,
  stopGrace: (topology, { name }) => {
    const member = topology.postgresql.find((candidate) => candidate.name === name);
    return member === undefined ? 0 : stopGraceOf(topology, member);
  },
};
