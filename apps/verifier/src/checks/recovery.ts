import type { Operation } from "../history/operation.ts";
import { conclude, eventsOf } from "./conclude.ts";
import { type Outage, type OutageFacts, outageOf } from "./outage.ts";
import { nameOf } from "./population.ts";
import type { CheckResult } from "./result.ts";

/** How far a measurement may be outside what was predicted, in seconds. */
const TOLERANCE = 1;

function seconds(nanoseconds: number | null): number | null {
  return nanoseconds === null ? null : nanoseconds / 1e9;
}

function evidenceOf({ gap, demoted, promoted, routed, first, full }: Outage): CheckResult["evidence"] {
  return {
    "gap seconds": seconds(gap && gap.length),
    "demoted after seconds": seconds(demoted),
    "promoted after seconds": seconds(promoted),
    "routed after seconds": seconds(routed),
    "first acknowledgement after seconds": seconds(first),
    "full service after seconds": seconds(full),
  };
}

/** Whether service returned in full after a fault, and when each part of it did. */
export function checkRecovery(claim: string, operations: readonly Operation[], facts: OutageFacts): CheckResult {
  const outage = outageOf(operations, facts);
  const name = nameOf(facts.population);
  const missing = [
    ...(outage.gap ? [] : [`${name} was not acknowledged both before and after the fault`]),
    ...(outage.full === null ? [`${name}: the history shows no ten seconds of service as before the fault`] : []),
  ];
  return conclude({ claim, evidence: evidenceOf(outage), anomalies: [], missing });
}

export interface PredictionFacts extends OutageFacts {
  /** Shortest and longest outage, in seconds. */
  readonly predicted: readonly [number, number];
}

/** Whether an outage lasted as long as was predicted, give or take a second. */
export function checkPrediction(claim: string, operations: readonly Operation[], facts: PredictionFacts): CheckResult {
  const { predicted, population } = facts;
  const [low, high] = predicted;
  const outage = outageOf(operations, facts);
  const lasted = outage.gap && outage.gap.length / 1e9;
  const outside = lasted !== null && (lasted < low - TOLERANCE || lasted > high + TOLERANCE);
  const message = `${nameOf(population)}: an outage of ${lasted?.toFixed(2)} s, predicted were ${low} to ${high} s`;
  const anomalies = outside ? [{ kind: "outside the prediction", message, events: eventsOf(outage.gap?.before, outage.gap?.after) }] : [];
  const missing = outage.gap ? [] : [`${nameOf(population)} was not acknowledged both before and after the fault`];
  const evidence = { ...evidenceOf(outage), "predicted low seconds": low, "predicted high seconds": high };
  return conclude({ claim, evidence, anomalies, missing });
}
