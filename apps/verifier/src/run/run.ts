import { passwordsIn } from "../cluster/environment.ts";
import { type Mask, maskOf } from "../report/mask/mask.ts";
import { mergeVerdicts } from "../history/verdict.ts";
import { chancesOf, seedFor } from "./chance.ts";
import { clusterRecord, machineRecord } from "./header.ts";
import { type Direction, play, skippedRecord } from "./play.ts";
import type { RunHeader, RunRecord, ScenarioRecord } from "./record.ts";
import type { Round } from "./rounds.ts";
import type { Scenario } from "./scenario.ts";
import { UNTESTED } from "./untested.ts";
import { historyKeeper, saveRun, saveSeries } from "./store.ts";

export interface RunPlan extends Omit<Direction, "chance" | "keepFor"> {
  readonly suite: string;
  readonly scenarios: readonly Scenario[];
  /** What is played, of those scenarios that can be; ends where the run does. */
  readonly rounds: (able: readonly Scenario[]) => Iterable<Round>;
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

const idOf = (started: Date) => started.toISOString().replace(/[:.]/g, "-");

/** Plays one round and saves what it left. Gives why nothing can be played after it; `null`: something can. */
async function playRound(round: Round, { plan, mask, scenarios }: Progressing): Promise<string | null> {
  const { directory, options, progress } = plan;
  const { scenario } = round;
  const chances = chancesOf(seedFor(options.seed, scenario.id));
  const keepFor = (id: string) => historyKeeper(directory, id, mask);
  const played = await play(round, { ...plan, chance: () => chances.next().value, keepFor });
  await saveSeries(directory, played, mask);
  const record = mask(played.record);
  scenarios.push(record);
  progress.ended(record);
  return played.left.length > 0 ? `${scenario.id} left the cluster broken: ${played.left.join("; ")}` : null;
}

interface Progressing {
  readonly plan: RunPlan;
  readonly mask: Mask;
  readonly scenarios: ScenarioRecord[];
}

/**
 * Plays scenarios one after the other and saves the run after each. Stops when it is interrupted, or when a scenario left
 * the cluster broken: what comes after it would be judged for what it did not do; the rest is then shown as not played.
 */
export async function run(plan: RunPlan): Promise<RunRecord> {
  const { cluster, options, suite, directory, command, started, progress, interrupted } = plan;
  const begun = performance.now();
  // What members log may quote what they were sent.
  const mask = maskOf((await passwordsIn(cluster.facts)).values());
  const header = {
    id: idOf(started),
    seed: options.seed,
    suite,
    started: started.toISOString(),
    command,
    version: cluster.facts.version,
    cluster: mask(await clusterRecord(cluster)),
    machine: machineRecord(),
  };
  const scenarios: ScenarioRecord[] = [];
  let stopped: string | null = null;
  const record = (): RunRecord => {
    const seconds = (performance.now() - begun) / 1000;
    const whole: RunHeader = { ...header, seconds, ...(stopped !== null && { cutShort: stopped }) };
    return { format: 1, header: whole, scenarios, verdict: verdictOf(scenarios), untested: UNTESTED };
  };
  const inability = new Map<string, string | null>();
  for (const scenario of plan.scenarios) inability.set(scenario.id, (await scenario.unavailable?.(cluster.facts, cluster)) ?? null);
  for (const round of plan.rounds(plan.scenarios.filter(({ id }) => inability.get(id) === null))) {
    stopped = await playRound(round, { plan, mask, scenarios });
    if (interrupted.aborted) stopped = "interrupted";
    await saveRun(directory, record());
    if (stopped !== null) break;
  }
  for (const scenario of plan.scenarios.filter(
    ({ id }) => !scenarios.some((played) => played.id === id || played.id.startsWith(`${id}.`)),
  )) {
    const skipped = skippedRecord(scenario, inability.get(scenario.id) ?? stopped ?? "no time was left for it");
    scenarios.push(skipped);
    progress.ended(skipped);
  }
  await saveRun(directory, record());
  return record();
}
