import type { Finding, Severity, Topology, TopologyPath } from "@matriarch/topology";
import type { PgbouncerCode } from "../codes.ts";

type PgbouncerFinding = Finding<PgbouncerCode>;
/** A rule of this package: it can report no code that is not in the list. */
export type PgbouncerRule = (topology: Topology) => readonly PgbouncerFinding[];

type Report = (code: PgbouncerCode, path: TopologyPath, message: string, hint: string) => PgbouncerFinding;

function report(severity: Severity): Report {
  return (code, path, message, hint) => ({ code, severity, path, message, hint });
}

export const error: Report = report("error");
export const warning: Report = report("warning");
