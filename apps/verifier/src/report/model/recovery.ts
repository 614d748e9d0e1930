import type { Measurement, ScenarioRecord } from "../../run/record.ts";
import { formatTenths } from "./numbers.ts";
import { spreadOf } from "./scenario-groups.ts";
import type { Cell, Table } from "./table.ts";

/** Seconds that a measurement may be outside of its prediction: the resolution of what is predicted from. */
const TOLERANCE = 1;

/** All measurements of one duration after one kind of fault. */
export interface Recovery {
  readonly what: string;
  readonly metric: string;
  /** As measured, in that order. */
  readonly seconds: readonly number[];
  /** How many scenarios they are of: each measures every population. */
  readonly rounds: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly predicted: readonly [number, number] | null;
  /** Seconds by which the worst is outside of the prediction; 0 inside; `null` where nothing was predicted. */
  readonly outside: number | null;
  /** What it is made of, each as the median. */
  readonly phases: readonly { readonly name: string; readonly seconds: number }[];
}

function predictionOf(measurements: readonly Measurement[]): readonly [number, number] | null {
  const predictions = measurements.flatMap(({ predicted }) => (predicted === null ? [] : [predicted]));
  if (predictions.length === 0) return null;
  return [Math.min(...predictions.map(([low]) => low)), Math.max(...predictions.map(([, high]) => high))];
}

function phasesOf(measurements: readonly Measurement[]): Recovery["phases"] {
  const parts = measurements.flatMap(({ phases }) => phases);
  return [...Map.groupBy(parts, ({ name }) => name)].flatMap(([name, same]) => {
    const spread = spreadOf(same.map(({ seconds }) => seconds));
    return spread ? [{ name, seconds: spread.median }] : [];
  });
}

interface Measured extends Measurement {
  /** Id of the scenario. */
  readonly scenario: string;
}

function recoveryOf(measurements: readonly [Measured, ...Measured[]]): Recovery {
  const [{ what, metric, seconds: first }] = measurements;
  const seconds = measurements.map((measurement) => measurement.seconds);
  const { min, median, max } = spreadOf(seconds) ?? { min: first, median: first, max: first };
  const predicted = predictionOf(measurements);
  const outside = predicted && Math.max(0, predicted[0] - min, max - predicted[1]);
  const rounds = new Set(measurements.map(({ scenario }) => scenario)).size;
  return { what, metric, seconds, rounds, min, median, max, predicted, outside, phases: phasesOf(measurements) };
}

/** Measured durations, each kind with its prediction; in the order in which they were measured first. */
export function recoveriesOf(scenarios: readonly ScenarioRecord[]): Recovery[] {
  const measurements = scenarios.flatMap(({ id, measurements: timed }) => timed.map((measurement) => ({ ...measurement, scenario: id })));
  const kinds = Map.groupBy(measurements, ({ what, metric }) => JSON.stringify([what, metric]));
  return [...kinds.values()].flatMap(([first, ...rest]) => (first ? [recoveryOf([first, ...rest])] : []));
}

/** Whether a measurement contradicts its prediction. */
export function isOutside({ outside }: Recovery): boolean {
  return outside !== null && outside > TOLERANCE;
}

function judgementOf(recovery: Recovery): Cell {
  if (recovery.outside === null) return ["not predicted"];
  if (isOutside(recovery)) return [{ kind: "status", status: "fail", short: true }, `outside by ${formatTenths(recovery.outside)}\u00a0s`];
  return [{ kind: "status", status: "pass", short: true }, recovery.outside === 0 ? "inside" : `within ${TOLERANCE}\u00a0s of it`];
}

/** How long what was broken stayed broken, beside what was predicted. Seconds. */
export function recoveryTable(recoveries: readonly Recovery[]): Table {
  return {
    caption: "Recovery times (RTO), in seconds, measured beside predicted",
    columns: [
      { title: "Fault" },
      { title: "What was timed" },
      { title: "rounds", align: "end" },
      { title: "n", align: "end" },
      { title: "min", align: "end" },
      { title: "median", align: "end" },
      { title: "max", align: "end" },
      { title: "predicted", align: "end" },
      { title: "Judgement" },
      { title: "Phases (medians)" },
    ],
    rows: recoveries.map((recovery) => [
      [recovery.what],
      [recovery.metric],
      [String(recovery.rounds)],
      [String(recovery.seconds.length)],
      [formatTenths(recovery.min)],
      [formatTenths(recovery.median)],
      [formatTenths(recovery.max)],
      [recovery.predicted ? recovery.predicted.map(formatTenths).join("–") : "–"],
      judgementOf(recovery),
      recovery.phases.map(({ name, seconds }) => ({ kind: "figure", name, value: formatTenths(seconds) })),
    ]),
    empty: "Nothing was timed.",
  };
}
