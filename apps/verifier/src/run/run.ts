import { passwordsIn } from "../cluster/environment.ts";
import { type Mask, maskOf } from "../mask/mask.ts";
import { chancesOf, seedFor } from "./chance.ts";
import { verdictOf } from "./completeness.ts";
import { clusterRecord, machineRecord } from "./header.ts";
import { type Direction, play, skippedRecord } from "./play.ts";
import type { RunChoice, RunHeader, RunPart, RunRecord, ScenarioRecord } from "./record.ts";
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
  readonly choice: RunChoice;
  /** Ids of the records that the whole of it has, of those scenarios that can be played; absent where only time ends it. */
  readonly planned?: (able: readonly Scenario[]) => readonly string[];
  /** What an earlier start left of this run; absent where this is the first. */
  readonly earlier?: Earlier;
}

/** What was there of a run before it went on. */
interface Earlier {
  readonly header: RunHeader;
  readonly kept: readonly ScenarioRecord[];
  readonly former: readonly ScenarioRecord[];
}

/** Whoever planned them says in which order they stand; what nobody planned stays behind, as it came. */
function inPlannedOrder(scenarios: readonly ScenarioRecord[], planned: readonly string[] = []): ScenarioRecord[] {
  const place = ({ id }: ScenarioRecord) => (planned.includes(id) ? planned.indexOf(id) : planned.length);
  return scenarios.toSorted((a, b) => place(a) - place(b));
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
  const { cluster, options, suite, directory, command, started, progress, interrupted, choice, earlier } = plan;
  const begun = performance.now();
  // What members log may quote what they were sent.
  const mask = maskOf((await passwordsIn(cluster.facts)).values());
  const inability = new Map<string, string | null>();
  for (const scenario of plan.scenarios) inability.set(scenario.id, (await scenario.unavailable?.(cluster.facts, cluster)) ?? null);
  const able = plan.scenarios.filter(({ id }) => inability.get(id) === null);
  const planned = plan.planned?.(able);
  const header = {
    id: earlier?.header.id ?? idOf(started),
    seed: options.seed,
    suite,
    started: earlier?.header.started ?? started.toISOString(),
    command,
    version: cluster.facts.version,
    cluster: mask(await clusterRecord(cluster)),
    machine: machineRecord(),
    choice,
    ...(planned && { planned }),
  };
  const scenarios: ScenarioRecord[] = [...(earlier?.kept ?? [])];
  const former = earlier?.former ?? [];
  let stopped: string | null = null;
  let isBroken = false;
  const record = (isOver = false): RunRecord => {
    const seconds = (performance.now() - begun) / 1000;
    const part: RunPart = {
      started: started.toISOString(),
      seconds,
      ...(choice.shard && { shard: choice.shard }),
      ...(isOver && !isBroken && { leftWhole: true }),
    };
    const whole: RunHeader = {
      ...header,
      seconds: (earlier?.header.seconds ?? 0) + seconds,
      parts: [...(earlier?.header.parts ?? []), part],
      ...(stopped !== null && { cutShort: stopped }),
    };
    const found = { scenarios: inPlannedOrder(scenarios, planned), ...(former.length > 0 && { former }) };
    return { format: 1, header: whole, ...found, verdict: verdictOf(found), untested: UNTESTED };
  };
  // Killed before the first scenario is over, it can be resumed all the same.
  await saveRun(directory, record());
  for (const round of plan.rounds(able)) {
    stopped = await playRound(round, { plan, mask, scenarios });
    isBroken = stopped !== null;
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
  const over = record(true);
  await saveRun(directory, over);
  return over;
}
