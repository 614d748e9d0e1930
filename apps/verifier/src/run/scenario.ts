import type { BundleFacts } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Looks } from "../cluster/looks.ts";
import type { CheckRequest } from "../checks/catalogue.ts";
import type { CheckResult } from "../checks/result.ts";
import type { Event } from "../history/event.ts";
import type { RequirementId } from "../requirements/requirements.ts";
import type { FaultRecord, Measurement, ScenarioSeries } from "./record.ts";
import type { Undo } from "./undo.ts";

/** How much of the matrix is run: what every change gets, what a release gets, what runs through the night. */
export const SUITES = ["smoke", "full", "soak"] as const;
export type Suite = (typeof SUITES)[number];

/** What whoever starts a run may choose. */
export interface RunOptions {
  /** Of everything that is drawn by chance. */
  readonly seed: number;
  /** Writes a second, over all writers. */
  readonly rate: number;
  /** Clients at once in the stress scenarios. */
  readonly threads: number;
  /** Seconds that a stress scenario lasts. */
  readonly duration: number;
}

export interface Claim {
  readonly id: string;
  readonly text: string;
  /** What it is about, in a word or two: the same for every fault that it is asked of. Its id where it is left out. */
  readonly property?: string;
}

/** What a scenario is given, and tells while it is played. */
export interface Stage {
  /** Can be harmed until the end comes, and only be looked at and fixed from then on. */
  readonly cluster: Cluster;
  readonly options: RunOptions;
  /** Which play of the scenario it is in this run, from 1: a further one may leave out what the first has shown. */
  readonly round: number;
  /** Ends when the scenario has to: whoever waits, waits for this as well. */
  readonly ended: AbortSignal;
  /** The scenario's start on the clock of its history, in nanoseconds. */
  readonly origin: number;
  /** Keeps an event of the history: it is on the disk when this returns. */
  readonly keep: (event: Event) => void;
  /** A number in [0, 1), from the run's seed. */
  readonly chance: () => number;
  /** Begins the next part; progress shows it. Throws where the scenario was ended: it takes no further step. */
  readonly phase: (name: string) => void;
  /** Remembers how to undo something before it is done: carried out at the end, in reverse, whatever happened meanwhile. Throws where the scenario was ended. */
  readonly onEnd: (what: string, undo: Undo) => void;
}

/** What a scenario found. */
export interface Findings {
  /** Found by looking. */
  readonly checks: readonly CheckResult[];
  readonly measurements?: readonly Measurement[];
  readonly fault?: FaultRecord;
  readonly series?: ScenarioSeries;
  /** What clients did and were told, and what is to be checked in it. */
  readonly history?: readonly Event[];
  readonly requests?: readonly CheckRequest[];
  /** Known limits that it met, declared before. */
  readonly limits?: readonly string[];
}

/** One thing to do to a cluster, and what has to hold then. Everything but `play` is data. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** Ids of the requirements that it holds. */
  readonly rows: readonly RequirementId[];
  readonly claims: readonly Claim[];
  readonly suites: readonly Suite[];
  /** How often a suite plays it; once where it is left out. */
  readonly times?: Partial<Readonly<Record<Suite, number>>>;
  /** Seconds after which it is ended, and `unknown`. */
  readonly limit: number;
  /** Seconds that a play of it usually takes, the waits for a whole cluster before and after it included. */
  usual?(play: { readonly duration: number; readonly round: number }): number;
  /** Why it cannot be played with this cluster, on this machine; `null` when it can. */
  unavailable?(facts: BundleFacts, cluster: Looks): string | null | Promise<string | null>;
  play(stage: Stage): Promise<Findings>;
}
