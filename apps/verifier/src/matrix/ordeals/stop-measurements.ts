import { stopOf } from "../../checks/stopped.ts";
import type { Population, Window } from "../../checks/population.ts";
import type { BundleFacts } from "../../cluster/bundle.ts";
import type { Operation } from "../../history/operation.ts";
import type { Measurement } from "../../run/record.ts";
import { type Ordeal, stopOrOutage } from "./ordeal.ts";

interface Course {
  readonly populations: readonly Population[];
  readonly injection: Window;
  readonly healing: Window;
}

/** When writes ended and when they returned, for each population, beside what was predicted; nothing where they need not stop. */
export function stopMeasurements(ordeal: Ordeal, facts: BundleFacts, operations: readonly Operation[], course: Course): Measurement[] {
  const expected = stopOrOutage(ordeal, facts);
  if (!expected || "outage" in expected || ordeal.stops?.whose !== "everybody") return [];
  const what = ordeal.fault.id;
  return course.populations.flatMap((population) => {
    const { last, first } = stopOf(operations, { ...course, population, node: null });
    return [
      { metric: "last write", moment: last, predicted: expected.last },
      { metric: "first write", moment: first, predicted: expected.first },
    ].flatMap(({ metric, moment, predicted }) => (moment === null ? [] : [{ what, metric, seconds: moment / 1e9, predicted, phases: [] }]));
  });
}
