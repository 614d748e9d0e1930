import type { RanOn, RunHeader, RunRecord, ScenarioRecord } from "../record.ts";
import { verdictOf } from "../completeness.ts";

/** Sources with changes that nobody committed, over a commit. */
export function groundOn(commit: string): RanOn {
  return { commit, tree: `tree-of-${commit}`, changed: true, generation: "1001" };
}

const RAN_ON: RanOn = { commit: "c0ffee", tree: "tree-of-c0ffee", changed: false, generation: "1001" };

/** A scenario as it may stand in a saved run: passed, on a clean tree, unless it is said otherwise. */
export function savedScenario(id: string, more: Partial<ScenarioRecord> = {}): ScenarioRecord {
  return {
    id,
    title: id.replace(/\.\d+$/, ""),
    tags: [],
    rows: [],
    claims: [],
    started: "2030-04-02T12:00:00.000Z",
    seconds: 10,
    origin: 0,
    phases: [],
    fault: null,
    measurements: [],
    requests: [],
    checks: [],
    verdict: "pass",
    skipped: null,
    limits: [],
    logs: [],
    ranOn: RAN_ON,
    ...more,
  };
}

const CLUSTER: RunHeader["cluster"] = {
  scope: "runs",
  example: "runs",
  replication: "synchronous",
  timings: { ttl: 20, loopWait: 2, retryTimeout: 5, primaryStartTimeout: 0 },
  versions: { PostgreSQL: "17.11" },
  images: {},
  patroniConfig: {},
};

interface Saved {
  readonly scenarios: readonly ScenarioRecord[];
  readonly former?: readonly ScenarioRecord[];
  readonly planned?: readonly string[];
  readonly choice?: Partial<NonNullable<RunHeader["choice"]>>;
  readonly seed?: number;
  /** How often the verifier was started for it. */
  readonly parts?: number;
  readonly cutShort?: string;
}

/** A saved run with a plan, of one start. */
export function savedRun({ scenarios, former, planned, choice = {}, seed = 7, parts = 1, cutShort }: Saved): RunRecord {
  const found = { scenarios, ...(former && { former }) };
  const { shard } = choice;
  const part = { started: "2030-04-02T12:00:00.000Z", seconds: 60, ...(shard && { shard }), leftWhole: true } as const;
  return {
    format: 1,
    header: {
      id: "2030-04-02",
      seed,
      suite: "full",
      started: "2030-04-02T12:00:00.000Z",
      seconds: 60 * parts,
      command: "verifier run --bundle clusters/runs --suite full --seed 7",
      version: "0.1.0",
      cluster: CLUSTER,
      machine: {},
      choice: { bundle: "clusters/runs", suite: "full", only: [], tag: [], rate: 50, threads: 8, ...choice },
      ...(planned && { planned }),
      parts: Array.from({ length: parts }, () => part),
      ...(cutShort !== undefined && { cutShort }),
    },
    ...found,
    verdict: verdictOf(found),
    untested: [],
  };
}
