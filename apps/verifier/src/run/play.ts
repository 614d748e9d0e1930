import { runChecks } from "../checks/catalogue.ts";
import { type CheckResult, unknownResult } from "../checks/result.ts";
import type { Cluster, Healer } from "../cluster/cluster.ts";
import type { Looks } from "../cluster/looks.ts";
import { settled } from "../cluster/settled.ts";
import { monotonicNow } from "../history/clock.ts";
import type { Event } from "../history/event.ts";
import { mergeVerdicts } from "../history/verdict.ts";
import { judgeOnMachine } from "../machine/judge.ts";
import type { Reading } from "../machine/reading.ts";
import { excerptsAround, momentsOf } from "./excerpts.ts";
import { guardHarms } from "./guard.ts";
import { newPhases } from "./phases.ts";
import type { Progress } from "./progress.ts";
import type { LogExcerpt, PhaseRecord, RanOn, ScenarioRecord } from "./record.ts";
import type { Round } from "./rounds.ts";
import type { Findings, RunOptions, Scenario } from "./scenario.ts";
import { newUndoing, type Undoing } from "./undo.ts";
import { watchMachine } from "./watch-machine.ts";
import { reasonOf } from "../reason.ts";

/** A scenario that was played, and what it left for the run's folder. */
export interface Played {
  readonly record: ScenarioRecord;
  readonly findings: Findings;
  /** What of it is still in force, in sentences; empty: the cluster is as it was. */
  readonly left: readonly string[];
}

export interface Direction {
  readonly cluster: Cluster;
  readonly options: RunOptions;
  readonly chance: () => number;
  readonly progress: Progress;
  /** Fires when a person wants it to end. */
  readonly interrupted: AbortSignal;
  /** Where a scenario's events are kept. */
  readonly keepFor: (scenario: string) => (event: Event) => void;
  /** What a person types to play a scenario again as it was. */
  readonly again: (scenario: string) => string;
  /** The sources and the bundle as they are now; absent where nobody will ask what it ran on. */
  readonly ground?: () => Promise<RanOn>;
  /** Looks at the machine that the cluster is on; absent where nobody watches it. */
  readonly look?: () => Promise<Reading>;
}

/** Seconds in which a cluster has to be whole again after everything was undone. */
const HEALING = 180;

/** Rejects with the signal's reason as soon as it fires, whether the work has noticed or not. */
async function unlessEnded<Value>(work: Promise<Value>, ended: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(ended.reason as Error);
  if (ended.aborted) end();
  ended.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    ended.removeEventListener("abort", end);
  }
}

/** A claim that no check spoke about is unknown: silence proves nothing. */
function withSilence(scenario: Scenario, checks: readonly CheckResult[]): CheckResult[] {
  const silent = scenario.claims.filter(({ id }) => !checks.some(({ claim }) => claim === id));
  return [...checks, ...silent.map(({ id }) => unknownResult(id, "nothing was checked"))];
}

function baseOf(scenario: Scenario, started: Date, origin: number) {
  const { id, title, tags, rows, claims } = scenario;
  return { id, title, tags, rows, claims, started: started.toISOString(), origin };
}

/** The record of a scenario that was not played, with the reason. */
export function skippedRecord(scenario: Scenario, reason: string): ScenarioRecord {
  const nothing = { seconds: 0, phases: [], fault: null, measurements: [], requests: [], checks: [], limits: [], logs: [] };
  return { ...baseOf(scenario, new Date(), 0), ...nothing, verdict: "unknown", skipped: reason };
}

/** Makes the cluster whole again; gives a sentence for everything that is left. Never throws. */
async function heal(cluster: Healer, undoing: Undoing): Promise<string[]> {
  const undone = await undoing.carryOut(cluster);
  const whole = await settled(cluster, HEALING).then(
    () => [],
    (error: unknown) => [reasonOf(error)],
  );
  return [...undone, ...whole];
}

/** The fault as it was recorded; where the scenario broke before it told of it, the phase of that name. Nanoseconds. */
function faultAt({ fault }: Findings, phases: readonly PhaseRecord[], origin: number): number | null {
  const from = fault?.from ?? phases.find(({ name }) => name === "fault")?.from;
  return from === undefined ? null : origin + from * 1e9;
}

/** What was logged around whatever went wrong; nothing where nothing did. */
async function logsOf(cluster: Looks, record: ScenarioRecord, findings: Findings, end: number): Promise<LogExcerpt[]> {
  if (record.verdict === "pass") return [];
  const { checks, phases, origin, started } = record;
  const fault = faultAt(findings, phases, origin);
  const moments = momentsOf({ fault, checks, history: findings.history ?? [], end });
  return excerptsAround(
    cluster,
    moments.map((moment) => Date.parse(started) + (moment - origin) / 1e6),
  );
}

/**
 * Plays one scenario on a whole cluster and leaves a whole cluster. Never throws: what breaks on the way makes its claims
 * unknown, and a cluster that does not become whole again is said in `left`.
 */
export async function play({ scenario, number }: Round, direction: Direction): Promise<Played> {
  const { options, chance, progress, interrupted, keepFor, again, ground, look } = direction;
  const started = new Date();
  const origin = monotonicNow();
  const undoing = newUndoing();
  const phases = newPhases(scenario, progress, origin);
  const ended = AbortSignal.any([interrupted, AbortSignal.timeout(scenario.limit * 1000)]);
  const { cluster, idle } = guardHarms(direction.cluster, ended);
  const save = keepFor(scenario.id);
  const keep = (event: Event) => {
    save(event);
    phases.note(event);
  };
  // What was ended goes on until its next step, which is none.
  const phase = (name: string) => {
    ended.throwIfAborted();
    phases.begin(name);
  };
  const onEnd: Undoing["add"] = (what, undo) => {
    ended.throwIfAborted();
    undoing.add(what, undo);
  };
  const stage = { cluster, options, round: number, ended, origin, keep, chance, phase, onEnd };

  const ranOn = await ground?.();
  const machineWatch = look && watchMachine(look, origin);
  let findings: Findings;
  let isInterrupted = false;
  try {
    phases.begin("prepare");
    await unlessEnded(settled(cluster), ended);
    findings = await unlessEnded(scenario.play(stage), ended);
  } catch (error) {
    isInterrupted = interrupted.aborted;
    const reason = ended.aborted && !interrupted.aborted ? `not over after ${scenario.limit} s` : reasonOf(error);
    findings = { checks: scenario.claims.map(({ id }) => unknownResult(id, reason)) };
  }
  const end = monotonicNow();
  const machine = (await machineWatch?.stop()) ?? null;
  phases.begin("heal");
  await idle();
  const left = await heal(direction.cluster, undoing);
  phases.close();

  const requests = findings.requests ?? [];
  const found = judgeOnMachine(runChecks(findings.history ?? [], requests), requests, machine, origin);
  const checks = withSilence(scenario, [...found, ...findings.checks]);
  const verdict = mergeVerdicts([...checks.map((check) => check.verdict), ...(left.length > 0 ? (["unknown"] as const) : [])]);
  const record: ScenarioRecord = {
    ...baseOf(scenario, started, origin),
    seconds: (monotonicNow() - origin) / 1e9,
    phases: phases.records,
    fault: findings.fault ?? null,
    measurements: findings.measurements ?? [],
    requests,
    checks,
    verdict,
    skipped: null,
    again: again(scenario.id),
    limits: [...(findings.limits ?? []), ...left.map((sentence) => `Left behind: ${sentence}`)],
    logs: [],
    ...(ranOn && { ranOn }),
    ...(machine && { machine }),
    ...(isInterrupted && { interrupted: true }),
  };
  return { record: { ...record, logs: await logsOf(direction.cluster, record, findings, end) }, findings, left };
}
