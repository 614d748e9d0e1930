import type { Operation } from "../history/operation.ts";
import { conclude, eventsOf } from "./conclude.ts";
import { latencyOf, nameOf, operationsIn, type Population, type Window } from "./population.ts";
import { quantileEvidence } from "./quantiles.ts";
import type { CheckResult } from "./result.ts";

export interface AvailabilityFacts {
  readonly population: Population;
  /** What the share is a share of, and what people call it. */
  readonly window: Window & { readonly name: string };
  /** Seconds from when an operation was meant to be sent, after which its answer comes too late. */
  readonly deadline: number;
  /** The share that has to be exceeded, between 0 and 1. */
  readonly share: number;
}

/** Whether more than a share of what was meant to be sent in a window was answered, well and in time. */
export function checkAvailability(claim: string, operations: readonly Operation[], facts: AvailabilityFacts): CheckResult {
  const { population, window, deadline, share } = facts;
  const meant = operationsIn(operations, population).filter(({ intended }) => intended >= window.from && intended < window.to);
  const bad = meant.filter((operation) => latencyOf(operation) > deadline * 1e9);
  const achieved = meant.length === 0 ? null : (meant.length - bad.length) / meant.length;
  const late = bad.filter(({ phase }) => phase === "ok").length;
  const percent = (part: number) => `${(part * 100).toFixed(2)} %`;
  const few = achieved !== null && achieved <= share;
  const message = `${window.name}: ${percent(achieved ?? 0)} of ${nameOf(population)} within ${deadline} s, not more than ${percent(share)}`;
  // As many as must not have been, were they the only ones: with one less the share would be exceeded.
  const proof = bad.slice(0, Math.ceil(meant.length - meant.length * share));
  const latencies = meant.filter(({ phase }) => phase === "ok").map(latencyOf);
  const evidence = {
    operations: meant.length,
    failed: bad.length - late,
    late,
    "percent in time": achieved === null ? null : achieved * 100,
    "window seconds": (window.to - window.from) / 1e9,
    ...quantileEvidence("latency", latencies),
  };
  const anomalies = few ? [{ kind: "too few in time", message, events: eventsOf(...proof) }] : [];
  const missing = meant.length > 0 ? [] : [`${window.name}: no ${nameOf(population)} was meant to be sent`];
  return conclude({ claim, evidence, anomalies, missing });
}
