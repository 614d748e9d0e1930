import type { ScenarioSeries } from "../../run/record.ts";
import type { SavedRun } from "../saved-run.ts";
import { SYNTHETIC_RUN } from "./synthetic-run.ts";

function few<Sample>(samples: readonly Sample[]): Sample[] {
  return samples.filter((_, position) => position % 50 === 0);
}

function thin(series: ScenarioSeries): ScenarioSeries {
  const { outcomes, latencies, lag, staleness } = series;
  return { ...series, outcomes: few(outcomes), latencies: few(latencies), lag: few(lag), staleness: few(staleness) };
}

/** The synthetic run with few samples: for properties that render it hundreds of times. */
export const SMALL_RUN: SavedRun = {
  ...SYNTHETIC_RUN,
  series: new Map([...SYNTHETIC_RUN.series].map(([scenario, series]) => [scenario, thin(series)])),
};

/** One that went wrong, one that is unknown, one that was skipped: every kind of text that a run has. */
const TELLING: readonly string[] = ["primary-isolated", "replica-cut-off", "clock-jump"];

/** Three scenarios of the small run. */
export const SMALLEST_RUN: SavedRun = {
  ...SMALL_RUN,
  record: { ...SMALL_RUN.record, scenarios: SMALL_RUN.record.scenarios.filter(({ id }) => TELLING.includes(id)) },
  series: new Map([...SMALL_RUN.series].filter(([scenario]) => TELLING.includes(scenario))),
};
