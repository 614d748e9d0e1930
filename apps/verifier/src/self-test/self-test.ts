import type { CheckResult } from "../checks/result.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { containerCluster } from "../cluster/containers.ts";
import { passwordsIn } from "../cluster/environment.ts";
import { settled } from "../cluster/settled.ts";
import { newTrial, type Trial } from "../cluster/trial.ts";
import { maskOf } from "../mask/mask.ts";
import { sealed } from "./manifest.ts";
import type { Files, Mutant } from "./mutant.ts";
import { type Finder, type Looking, observe } from "./observe.ts";
import type { ControlRecord, MutantRecord, SelfTestRecord } from "./record.ts";
import { mutantLine } from "./render.ts";
import { reasonOf } from "../reason.ts";

export interface SelfTestPlan extends Looking {
  /** Folder of the healthy original, whose cluster does not run. */
  readonly bundle: string;
  readonly mutants: readonly Mutant[];
}

/** Seconds for a cluster to become whole; and for one that never does, to take its files over. */
const WHOLE = 120;
const TAKEN_OVER = 12;
/** How often a claim may be looked at on the unbroken cluster: a busy machine is late now and then. */
const CONTROLS = 2;

interface Course {
  readonly plan: SelfTestPlan;
  readonly trial: Trial;
}

function stopwatch(): () => number {
  const begun = performance.now();
  return () => (performance.now() - begun) / 1000;
}

type Start = Pick<Mutant, "start" | "becomesWhole">;

/** Brings the cluster to what the files say: on data of its own, or as it runs. Throws where it does not get there. */
async function bringUp({ plan, trial }: Course, files: Files, { start, becomesWhole }: Start): Promise<Cluster> {
  if (start === "fresh") await trial.clean();
  const { files: all, generation } = sealed(files);
  const cluster = containerCluster(await trial.write(all, generation));
  await trial.up(plan.interrupted);
  if (becomesWhole) await settled(cluster, WHOLE);
  else await settled(cluster, TAKEN_OVER).catch(() => undefined);
  return cluster;
}

/** The same, and from the start where it does not get there at once: a busy machine may have been too slow. */
async function bringUpSomehow(course: Course, files: Files, mutant: Start): Promise<Cluster> {
  try {
    return await bringUp(course, files, mutant);
  } catch (error) {
    const { interrupted, progress } = course.plan;
    if (interrupted.aborted) throw error;
    progress.note(`  ${reasonOf(error)}; once more, from the start`);
    return bringUp(course, files, { ...mutant, start: "fresh" });
  }
}

/** Looks at every claim that a mutant is to fail, on the cluster that nobody broke. */
async function control(course: Course): Promise<ControlRecord[]> {
  const { plan, trial } = course;
  const finders = new Map(plan.mutants.map(({ finder, claim }): [string, Finder] => [claim, { finder, claim }]));
  const cluster = await bringUpSomehow(course, trial.original, { start: "running", becomesWhole: true });
  const records: ControlRecord[] = [];
  for (const found of finders.values()) {
    const seconds = stopwatch();
    let result = await observe(cluster, found, plan);
    for (let look = 1; look < CONTROLS && result.verdict !== "pass"; look++) {
      plan.interrupted.throwIfAborted();
      result = await observe(cluster, found, plan);
    }
    const holds = result.verdict === "pass";
    records.push({ ...found, holds, reason: holds ? null : (result.reason ?? result.verdict), seconds: seconds() });
    plan.progress.note(
      `${holds ? "✓" : "?"} unbroken: ${found.claim} ${holds ? "holds" : `does not hold: ${result.reason}`} (${seconds().toFixed(0)} s)`,
    );
  }
  return records;
}

/** A mutant is killed by what shows that it is broken, not by whatever else lets its claim fail. */
export function judged(
  { verdict, reason, anomalies }: CheckResult,
  { seen }: Pick<Mutant, "seen">,
): Pick<MutantRecord, "outcome" | "observation"> {
  if (verdict === "pass") return { outcome: "alive", observation: "the claim holds" };
  const told = [...anomalies.map(({ message }) => message), ...(reason === null ? [] : [reason])];
  const shown = told.find((sentence) => seen.test(sentence));
  if (verdict === "fail" && shown !== undefined) return { outcome: "killed", observation: shown };
  return { outcome: "unknown", observation: reason ?? "nothing was observed" };
}

/** What becomes of one mutant, and what was seen. */
async function tryMutant(
  course: Course,
  mutant: Mutant,
  controls: readonly ControlRecord[],
): Promise<Pick<MutantRecord, "outcome" | "observation">> {
  const { plan, trial } = course;
  if (controls.some(({ claim, holds }) => claim === mutant.claim && !holds))
    return { outcome: "unknown", observation: "its claim does not hold on the unbroken cluster either" };
  let files: Files;
  try {
    files = mutant.mutate(trial.original);
  } catch (error) {
    return { outcome: "impossible", observation: reasonOf(error) };
  }
  try {
    const cluster = await bringUpSomehow(course, files, mutant);
    return judged(await observe(cluster, mutant, plan), mutant);
  } catch (error) {
    plan.interrupted.throwIfAborted();
    return { outcome: "unknown", observation: reasonOf(error) };
  }
}

async function playAll(plan: SelfTestPlan, trial: Trial): Promise<Pick<SelfTestRecord, "controls" | "mutants">> {
  const staging = { plan, trial };
  plan.progress.note("bringing up the unbroken cluster");
  const controls = await control(staging);
  const mutants: MutantRecord[] = [];
  for (const mutant of plan.mutants) {
    plan.interrupted.throwIfAborted();
    const { id, title, finder, claim } = mutant;
    plan.progress.note(`  ${id}: ${title}`);
    const seconds = stopwatch();
    const record = { id, title, finder, claim, ...(await tryMutant(staging, mutant, controls)), seconds: seconds() };
    mutants.push(record);
    plan.progress.note(mutantLine(record));
  }
  return { controls, mutants };
}

/**
 * Brings up a copy of a bundle, unbroken, and then broken in one way after the other; and sees whether each is found. Takes
 * the cluster and the copy away again, whatever happened. Throws when the unbroken cluster does not come up, and when it is
 * interrupted.
 */
export async function selfTest(plan: SelfTestPlan): Promise<SelfTestRecord> {
  const started = new Date().toISOString();
  const seconds = stopwatch();
  const trial = await newTrial(plan.bundle);
  try {
    const { facts } = containerCluster(await trial.write(trial.original, sealed(trial.original).generation));
    const mask = maskOf((await passwordsIn(facts)).values());
    const found = await playAll(plan, trial);
    return mask({ scope: facts.scope, started, seconds: seconds(), ...found });
  } finally {
    try {
      await trial.clean();
    } finally {
      await trial.remove();
    }
  }
}
