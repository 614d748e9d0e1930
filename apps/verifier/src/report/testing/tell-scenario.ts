import type { CheckResult } from "../../checks/result.ts";
import { mergeVerdicts } from "../../history/verdict.ts";
import type { RanOn, ScenarioRecord } from "../../run/record.ts";
import { ORIGIN } from "./synthetic-history.ts";

type Told = Pick<ScenarioRecord, "id" | "title" | "rows" | "claims" | "started" | "seconds"> & Partial<ScenarioRecord>;

/** A check that found nothing wrong. */
export function passed(claim: string, evidence: CheckResult["evidence"]): CheckResult {
  return { claim, verdict: "pass", reason: null, limit: null, evidence, anomalies: [] };
}

const RAN_ON: RanOn = {
  commit: "5d4c0f1e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d",
  tree: "1f2e3d4c5b6a79880796a5b4c3d2e1f00f1e2d3c",
  changed: false,
  generation: "9002a7efb17ca3a3",
};

/** A scenario of which only what matters is told. */
export function scenario(told: Told): ScenarioRecord {
  const checks = told.checks ?? [];
  const again = `verifier run --bundle clusters/two-datacenters --only ${told.id} --seed 4242`;
  return {
    ...(told.skipped === undefined && { again, ranOn: RAN_ON }),
    tags: [],
    origin: ORIGIN,
    phases: [],
    fault: null,
    measurements: [],
    requests: [],
    verdict: mergeVerdicts(checks.map(({ verdict }) => verdict)),
    skipped: null,
    limits: [],
    logs: [],
    checks,
    ...told,
  };
}

export const DURABLE = {
  id: "no acknowledged write is lost",
  text: "Every write that was acknowledged is there at the end, once, on every node.",
};
export const ONE_PRIMARY = {
  id: "one primary acknowledges",
  text: "Nothing is acknowledged by a node after a newer primary has acknowledged something.",
};
export const RETURNS = {
  id: "writes return",
  text: "Writes are acknowledged again within what was predicted, without anybody doing anything.",
};
export const READS_GO_ON = { id: "reads go on", text: "Reads are answered all the time, and are never further behind than the bound." };

/** The accounting of a run in which nothing was lost. */
export function nothingLost(acknowledged: number, unknown: number): CheckResult {
  return passed(DURABLE.id, {
    acknowledged,
    "of unknown outcome": unknown,
    recovered: unknown - 1,
    "final reads": 4,
    lost: 0,
    unexpected: 0,
    resurrected: 0,
    duplicate: 0,
    difference: 0,
    "lost bytes": 0,
    "lost seconds": 0,
  });
}
