import type { CheckRequest } from "../checks/catalogue.ts";
import type { CheckResult } from "../checks/result.ts";
import type { MachineRecord } from "../machine/saturation.ts";
import type { Verdict } from "../history/verdict.ts";

/** Seconds since the start of a scenario, unless a name says otherwise. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The cluster that a run was about. */
export interface ClusterRecord {
  readonly scope: string;
  /** Name of the example, or of the topology's folder. */
  readonly example: string;
  readonly replication: "synchronous" | "asynchronous";
  /** Seconds, as Patroni has them in force. */
  readonly timings: {
    readonly ttl: number;
    readonly loopWait: number;
    readonly retryTimeout: number;
    readonly primaryStartTimeout: number;
  };
  /** Versions as the daemons tell them, by daemon. */
  readonly versions: Readonly<Record<string, string>>;
  /** Id of the image, by member. */
  readonly images: Readonly<Record<string, string>>;
  /** Patroni's dynamic configuration in force, as its REST API gives it. */
  readonly patroniConfig: unknown;
}

/** The sources and the bundle that a scenario ran on: results of one run belong together only where these are the same. */
export interface RanOn {
  /** The commit that was checked out; `null` where git does not tell. */
  readonly commit: string | null;
  /** Hash of the working tree as it was, with what is not committed and without what git ignores; `null` where git does not tell. */
  readonly tree: string | null;
  /** Whether that tree is another one than the commit's. */
  readonly changed: boolean;
  /** Generation of the bundle: the folder of rendered files that was in force. */
  readonly generation: string;
}

/** One of the parts that a run is split into, from 1. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** What whoever started a run asked for, besides the seed; enough to go on with it. */
export interface RunChoice {
  readonly bundle: string;
  readonly suite: string;
  readonly only: readonly string[];
  readonly tag: readonly string[];
  readonly repeat?: number;
  /** Seconds for which scenarios are played again and again. */
  readonly for?: number;
  readonly rate: number;
  readonly threads: number;
  readonly duration?: number;
  readonly shard?: Shard;
}

/** One start of the verifier for a run: a run that was resumed, or merged from shards, has several. */
export interface RunPart {
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number;
  /** Absent where the run was not split. */
  readonly shard?: Shard;
  /** It ended by itself and left a whole cluster; absent where it was killed, or left something broken. */
  readonly leftWhole?: true;
}

/** What a run was, before anything that it found. */
export interface RunHeader {
  readonly id: string;
  readonly seed: number;
  readonly suite: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number;
  /** What runs it again, to be pasted into a shell. */
  readonly command: string;
  /** Why it ended before everything was played; absent where nothing did. */
  readonly cutShort?: string;
  /** Matriarch's own version. */
  readonly version: string;
  readonly cluster: ClusterRecord;
  /** What it ran on: processors, memory, kernel; by name. */
  readonly machine: Readonly<Record<string, string>>;
  /** What was asked for; absent in runs that were saved before it was kept. */
  readonly choice?: RunChoice;
  /** Ids of the records that the whole of it has; absent where that is not known before, as in a soak. */
  readonly planned?: readonly string[];
  /** The starts that it took; absent in runs that were saved before they were kept. */
  readonly parts?: readonly RunPart[];
}

/** A part of a scenario: `steady`, `fault`, `recovery`, … */
export interface PhaseRecord extends Span {
  readonly name: string;
}

export interface FaultRecord extends Span {
  readonly name: string;
  /** Members that it was done to. */
  readonly targets?: readonly string[];
  /** How to do it by hand: commands, to be pasted into a shell. */
  readonly byHand: string;
}

/** A duration, and what was predicted for it. */
export interface Measurement {
  /** Kind of fault, as `compose-gen check` calls it; measurements of the same kind belong into one row. */
  readonly what: string;
  /** What was timed: `gap`, `first acknowledgement`, `full service`, `demotion`, … */
  readonly metric: string;
  readonly seconds: number;
  /** Lowest and highest, in seconds; `null` where nothing is predicted. */
  readonly predicted: readonly [number, number] | null;
  /** What the duration is made of, in order: demote, promote, route, acknowledge; empty where it was not taken apart. */
  readonly phases: readonly { readonly name: string; readonly seconds: number }[];
}

/** Lines of one member's log around a failure. */
export interface LogExcerpt {
  readonly member: string;
  readonly lines: readonly string[];
}

export interface ScenarioRecord {
  /** Unique in the run; names its files. */
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** Ids of the requirements that it holds: `A15`, `D3`. */
  readonly rows: readonly string[];
  /** What is claimed, in sentences. */
  readonly claims: readonly { readonly id: string; readonly text: string; readonly property?: string }[];
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number;
  /** The scenario's start on the clock of its history, in nanoseconds: an event happened `(t - origin) / 1e9` seconds after it. */
  readonly origin: number;
  readonly phases: readonly PhaseRecord[];
  readonly fault: FaultRecord | null;
  readonly measurements: readonly Measurement[];
  /** What was to be checked, so that it can be checked again. */
  readonly requests: readonly CheckRequest[];
  /** What each of them found, in the same order; then what was found by looking, which cannot be checked again. */
  readonly checks: readonly CheckResult[];
  /** The worst of the checks. */
  readonly verdict: Verdict;
  /** Why it was not run; `null` when it was. Not a verdict: it is shown apart. */
  readonly skipped: string | null;
  /** What plays it again as it was, to be pasted into a shell; absent where it was not played. */
  readonly again?: string;
  /** Known limits that it met, declared before. */
  readonly limits: readonly string[];
  readonly logs: readonly LogExcerpt[];
  /** Absent where it was not played, and in runs that were saved before it was kept. */
  readonly ranOn?: RanOn;
  /** What the machine did meanwhile; absent where nobody could look, and in runs that were saved before it was kept. */
  readonly machine?: MachineRecord;
  /** A person ended it before it was over; absent otherwise. */
  readonly interrupted?: true;
}

/** `run.json`. */
export interface RunRecord {
  /** Raised when a reader of the former would be wrong. */
  readonly format: 1;
  readonly header: RunHeader;
  readonly scenarios: readonly ScenarioRecord[];
  /** What failed or was unknown, and was run again: nothing that was found is taken back. Absent where nothing was. */
  readonly former?: readonly ScenarioRecord[];
  /** The worst of the scenarios that were run; of `former`, what failed on the tree of its scenario counts as well. */
  readonly verdict: Verdict;
  /** What no scenario tested, and why. */
  readonly untested: readonly { readonly what: string; readonly why: string }[];
}

export interface RoleSpan extends Span {
  readonly node: string;
  readonly role: "primary" | "replica" | "unreachable";
  /** `null` where it could not be asked. */
  readonly timeline: number | null;
}

export interface EtcdSpan extends Span {
  /** `null`: no member knows one. */
  readonly leader: string | null;
  readonly quorum: boolean;
}

/** What a balancer thinks of a server. */
export interface BalancerSpan extends Span {
  readonly balancer: string;
  readonly backend: string;
  readonly server: string;
  readonly up: boolean;
}

/** Operations by the second in which they were meant to be sent. */
export interface OutcomeBucket {
  /** Whole seconds since the scenario's start. */
  readonly second: number;
  /** Who sent them: endpoint and kind of session. */
  readonly population: string;
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
  /** Of those that were `ok`: after their deadline. */
  readonly late: number;
}

export interface LatencySample {
  /** When it was meant to be sent. */
  readonly at: number;
  readonly population: string;
  readonly milliseconds: number;
}

export interface LagSample {
  readonly at: number;
  readonly node: string;
  readonly bytes: number;
}

export interface StalenessSample {
  readonly at: number;
  readonly endpoint: string;
  readonly milliseconds: number;
}

/** `series/<scenario>.json`: what its figure shows; a list is empty where nobody looked. Spans and samples in the order of time. */
export interface ScenarioSeries {
  readonly roles: readonly RoleSpan[];
  readonly etcd: readonly EtcdSpan[];
  readonly balancers: readonly BalancerSpan[];
  readonly outcomes: readonly OutcomeBucket[];
  readonly latencies: readonly LatencySample[];
  readonly lag: readonly LagSample[];
  readonly staleness: readonly StalenessSample[];
  /** Milliseconds that a read may be behind; `null` where none is promised. */
  readonly stalenessBound: number | null;
}

/** Where the parts of a saved run are, from its folder. */
export const RUN_FILES = {
  record: "run.json",
  history: (scenario: string): string => `histories/${scenario}.ndjson`,
  series: (scenario: string): string => `series/${scenario}.json`,
} as const;
