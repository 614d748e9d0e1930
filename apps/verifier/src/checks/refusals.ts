import { type Operation, type OperationOf, only } from "../history/operation.ts";
import { conclude, countKinds, eventsOf } from "./conclude.ts";
import type { Anomaly, CheckResult } from "./result.ts";

export interface RefusalFacts {
  /** Services that must not let anybody write. */
  readonly endpoints: readonly string[];
}

/** A write in a transaction that may only read. */
const READ_ONLY = "25006";
/** The connection broke, or the server shut down: nothing was refused. */
const CUT_OFF = /^(08...|57P0.)$/;

const KINDS = ["write accepted", "refused for another reason"] as const;

type Attempt = OperationOf<"add">;

function anomalyOf(attempt: Attempt): Anomaly | null {
  const { phase, error, endpoint, value } = attempt;
  const events = eventsOf(attempt);
  // Whoever comes as far as COMMIT was let write, whatever became of it.
  if (phase === "ok" || error?.where === "commit") return { kind: "write accepted", message: `${endpoint} took ${value}`, events };
  const sqlstate = error?.sqlstate ?? null;
  if (error?.where !== "write" || sqlstate === null || sqlstate === READ_ONLY || CUT_OFF.test(sqlstate)) return null;
  return { kind: "refused for another reason", message: `${endpoint} answered ${sqlstate}, not ${READ_ONLY}, to ${value}`, events };
}

/** Whether every client of a read-only service that tried to write was refused, and for that reason. */
export function checkRefusals(claim: string, operations: readonly Operation[], { endpoints }: RefusalFacts): CheckResult {
  const attempts = only(operations, "add").filter(({ endpoint }) => endpoints.includes(endpoint));
  const refused = attempts.filter(({ error }) => error?.sqlstate === READ_ONLY);
  const anomalies = attempts.map(anomalyOf).filter((anomaly) => anomaly !== null);
  const tried = new Set(refused.map(({ process }) => process));
  const readers = new Set(
    operations
      .filter(({ endpoint, phase, f }) => endpoints.includes(endpoint) && phase === "ok" && f !== "add")
      .map(({ process }) => process),
  );
  const untried = [...readers].filter((process) => !tried.has(process)).length;
  const missing = [
    ...(refused.length > 0 ? [] : [`nobody tried to write through ${endpoints.join(", ")}`]),
    ...(untried > 0 ? [`${untried} clients read and never tried to write`] : []),
  ];
  const evidence = { attempts: attempts.length, refused: refused.length, clients: readers.size, ...countKinds(KINDS, anomalies) };
  return conclude({ claim, evidence, anomalies, missing });
}
