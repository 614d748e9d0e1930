import type { RunChoice } from "../run/record.ts";
import type { Rerun } from "../run/resume.ts";
import type { Suite } from "../run/scenario.ts";
import type { ReportFormat } from "../report/formats.ts";

/** How a run tells what it found. */
export const RUN_FORMATS = ["human", "json", "junit"] as const satisfies readonly (ReportFormat | "human")[];

/** What a person may say about a run; what is left out depends on the rest. */
export interface RunFlags extends RunChoice {
  readonly suite: Suite;
  readonly seed: number;
  /** Folder of the saved run. */
  readonly report?: string;
  readonly format: (typeof RUN_FORMATS)[number];
}

/** How a saved run goes on. */
export interface Resumption {
  /** Its folder. */
  readonly resume: string;
  /** What is run again besides what is missing. */
  readonly rerun: readonly Rerun[];
}

export const DEFAULTS = { rate: 50, threads: 8 } as const;

/** Seconds that a stress scenario lasts, and that a soak goes on, where nobody says it. */
const DURATIONS: Readonly<Record<Suite, number>> = { smoke: 10, full: 60, soak: 60 };
const SOAK = 8 * 3600;

export function durationOf({ suite, duration }: Pick<RunFlags, "suite" | "duration">): number {
  return duration ?? DURATIONS[suite];
}

/** Seconds for which scenarios are played in an order of chance; `null`: each as often as the suite says. */
export function playingTime({ suite, for: time, repeat, only }: Pick<RunFlags, "suite" | "for" | "repeat" | "only">): number | null {
  if (time !== undefined) return time;
  // Who names scenarios, or says how often, does not ask for a night.
  return suite === "soak" && repeat === undefined && only.length === 0 ? SOAK : null;
}

/** What of the flags decides what a run is: saved with it. */
export function choiceOf(flags: RunFlags): RunChoice {
  const { bundle, suite, only, tag, repeat, for: time, rate, threads, duration, shard } = flags;
  return {
    bundle,
    suite,
    only,
    tag,
    rate,
    threads,
    ...(repeat !== undefined && { repeat }),
    ...(time !== undefined && { for: time }),
    ...(duration !== undefined && { duration }),
    ...(shard !== undefined && { shard }),
  };
}
