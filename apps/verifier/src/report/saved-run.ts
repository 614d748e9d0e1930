import type { Operation } from "../history/operation.ts";
import type { RunRecord, ScenarioSeries } from "../run/record.ts";

/** Everything that a report tells of. */
export interface SavedRun {
  readonly record: RunRecord;
  /** By scenario; one that nobody watched has none. */
  readonly series: ReadonlyMap<string, ScenarioSeries>;
  /** By scenario: those that its anomalies are shown with, in the order in which they were sent. */
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  /** Scenarios whose history is saved beside the report. */
  readonly histories: ReadonlySet<string>;
}
