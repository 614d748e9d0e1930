import { type Outage, outageOf } from "../checks/outage.ts";
import type { Population, Window } from "../checks/population.ts";
import type { Operation } from "../history/operation.ts";
import type { Measurement } from "./record.ts";

/** What of a fault is timed, the same for every population. */
export interface Timing {
  readonly injection: Window;
  /** Seconds from when an operation was meant to be sent, after which its answer comes too late. */
  readonly deadline: number;
  /** Kind of fault, as `compose-gen check` calls it. */
  readonly what: string;
  readonly predicted: readonly [number, number] | null;
}

/** What an outage is made of; nothing where part of it cannot be told, or came in another order. */
function phasesOf({ demoted, promoted, routed, first }: Outage): Measurement["phases"] {
  if (demoted === null || promoted === null || routed === null || first === null) return [];
  const steps = [
    { name: "promote", nanoseconds: promoted - demoted },
    { name: "route", nanoseconds: routed - promoted },
    { name: "acknowledge", nanoseconds: first - routed },
  ];
  const isInOrder = steps.every(({ nanoseconds }) => nanoseconds >= 0);
  return isInOrder ? steps.map(({ name, nanoseconds }) => ({ name, seconds: nanoseconds / 1e9 })) : [];
}

/** How long each population was without an acknowledgement around a fault, and when service was whole again. */
export function measurementsOf(operations: readonly Operation[], populations: readonly Population[], timing: Timing): Measurement[] {
  const { what, predicted, injection, deadline } = timing;
  return populations.flatMap((population) => {
    const outage = outageOf(operations, { population, injection, deadline });
    const { gap, full } = outage;
    return [
      ...(gap ? [{ what, metric: "gap", seconds: gap.length / 1e9, predicted, phases: phasesOf(outage) }] : []),
      ...(full === null ? [] : [{ what, metric: "full service", seconds: full / 1e9, predicted: null, phases: [] }]),
    ];
  });
}
