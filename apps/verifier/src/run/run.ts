import { passwordsIn } from "../cluster/environment.ts";
import { maskOf } from "../report/mask/mask.ts";
import { mergeVerdicts } from "../history/verdict.ts";
import { chancesOf, seedFor } from "./chance.ts";
import { clusterRecord, machineRecord } from "./header.ts";
import { type Direction, play, skippedRecord } from "./play.ts";
import type { RunHeader, RunRecord, ScenarioRecord } from "./record.ts";
import type { Scenario } from "./scenario.ts";
import { UNTESTED } from "./untested.ts";
import { historyKeeper, saveRun, saveSeries } from "./store.ts";

export interface RunPlan extends Omit<Direction, "chance" | "keepFor"> {
  readonly suite: string;
  readonly scenarios: readonly Scenario[];
  /** How often each is played. */
  readonly repeat: number;
  /** Folder of the saved run. */
  readonly directory: string;
  /** What a person types to run it again. */
  readonly command: string;
  readonly started: Date;
}

/** The worst of what was played; `unknown` when nothing was. */
function verdictOf(scenarios: readonly ScenarioRecord[]) {
  return mergeVerdicts(scenarios.filter(({ skipped }) => skipped === null).map(({ verdict }) => verdict));
}

function repeated(scenarios: readonly Scenario[], repeat: number): Scenario[] {
  if (repeat === 1) return [...scenarios];
  return Array.from({ length: repeat }, (_, round) =>
    scenarios.map((scenario) => ({ ...scenario, id: `${scenario.id}.${round + 1}` })),
  ).flat();
}

/**
 * Plays scenarios one after the other and saves the run after each. Stops when it is interrupted, or when a scenario left
 * the cluster broken: what comes after it would be judged for what it did not do; the rest is then shown as not played.
 */
export async function run(plan: RunPlan): Promise<RunRecord> {
  const { cluster, options, suite, directory, command, started, progress, interrupted } = plan;
  const keepFor = (scenario: string) => historyKeeper(directory, scenario, mask);
  const begun = performance.now();
  // What members log may quote what they were sent.
  const mask = maskOf((await passwordsIn(cluster.facts)).values());
  const header = {
    id: started.toISOString().replace(/[:.]/g, "-"),
    seed: options.seed,
    suite,
    started: started.toISOString(),
    command,
    version: cluster.facts.version,
    cluster: mask(await clusterRecord(cluster)),
    machine: machineRecord(),
  };
  const scenarios: ScenarioRecord[] = [];
  const record = (): RunRecord => {
    const whole: RunHeader = { ...header, seconds: (performance.now() - begun) / 1000 };
    return { format: 1, header: whole, scenarios, verdict: verdictOf(scenarios), untested: UNTESTED };
  };
  let stopped: string | null = null;
  for (const scenario of repeated(plan.scenarios, plan.repeat)) {
    const reason = stopped ?? (interrupted.aborted ? "interrupted" : (scenario.unavailable?.(cluster.facts) ?? null));
    if (reason === null) {
      const chances = chancesOf(seedFor(options.seed, scenario.id));
      const chance = () => chances.next().value;
      const played = await play(scenario, { cluster, options, chance, progress, interrupted, keepFor });
      await saveSeries(directory, played, mask);
      scenarios.push(mask(played.record));
      if (played.left.length > 0) stopped = `${scenario.id} left the cluster broken: ${played.left.join("; ")}`;
    } else {
      scenarios.push(skippedRecord(scenario, reason));
    }
    const [last] = scenarios.slice(-1);
    if (last) progress.ended(last);
    await saveRun(directory, record());
  }
  return record();
}
