import type { Anomaly, CheckResult } from "./result.ts";

/** How many anomalies of one kind are worth reading. */
const SHOWN = 10;

/** What a check saw, before it is a verdict. */
export interface Finding {
  readonly claim: string;
  readonly evidence: CheckResult["evidence"];
  readonly anomalies: readonly Anomaly[];
  /** What would have to be in the history for the claim to be proven, and is not: sentences. */
  readonly missing: readonly string[];
}

function firstOfEachKind(anomalies: readonly Anomaly[]): readonly Anomaly[] {
  const shown = new Map<string, number>();
  return anomalies.filter(({ kind }) => {
    const count = (shown.get(kind) ?? 0) + 1;
    shown.set(kind, count);
    return count <= SHOWN;
  });
}

/** An anomaly is proof whatever else is missing; without one, a claim is proven only by a history that has all it takes. */
export function conclude({ claim, evidence, anomalies, missing }: Finding): CheckResult {
  const [anomaly] = anomalies;
  const found = { claim, limit: null, evidence: { ...evidence, anomalies: anomalies.length }, anomalies: firstOfEachKind(anomalies) };
  if (anomaly) return { ...found, verdict: "fail", reason: anomaly.message };
  if (missing.length > 0) return { ...found, verdict: "unknown", reason: missing.join("; ") };
  return { ...found, verdict: "pass", reason: null };
}

/** The events of some operations, each once, ascending. */
export function eventsOf(...operations: readonly ({ readonly events: readonly number[] } | null | undefined)[]): readonly number[] {
  return [...new Set(operations.flatMap((operation) => operation?.events ?? []))].toSorted((a, b) => a - b);
}

/** Counts of each kind of anomaly, by kind; 0 for those that were looked for and not found. */
export function countKinds<Kind extends string>(kinds: readonly Kind[], anomalies: readonly Anomaly[]): Record<Kind, number> {
  const counted = kinds.map((kind) => [kind, anomalies.filter((anomaly) => anomaly.kind === kind).length] as const);
  return Object.fromEntries(counted) as Record<Kind, number>;
}
