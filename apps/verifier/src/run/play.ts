import { runChecks } from "../checks/catalogue.ts";
import type { CheckResult } from "../checks/result.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { lastLines } from "../cluster/plight.ts";
import { settled } from "../cluster/settled.ts";
import { monotonicNow } from "../workload/clock.ts";
import type { Event } from "../history/event.ts";
import { mergeVerdicts } from "../history/verdict.ts";
import type { Progress } from "./progress.ts";
import type { LogExcerpt, PhaseRecord, ScenarioRecord } from "./record.ts";
import type { Findings, RunOptions, Scenario } from "./scenario.ts";
import { newUndoing } from "./undo.ts";

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
}

/** Seconds in which a cluster has to be whole again after everything was undone. */
const HEALING = 180;

/** The result of a check that could not be made. */
export function unknownResult(claim: string, reason: string): CheckResult {
  return { claim, verdict: "unknown", reason, limit: null, evidence: {}, anomalies: [] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

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

async function logsOf(cluster: Cluster): Promise<LogExcerpt[]> {
  return Promise.all(cluster.facts.members.map(async (member) => ({ member: member.name, lines: await lastLines(cluster, member) })));
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

/**
 * Plays one scenario on a whole cluster and leaves a whole cluster. Never throws: what breaks on the way makes its claims
 * unknown, and a cluster that does not become whole again is said in `left`.
 */
export async function play(scenario: Scenario, { cluster, options, chance, progress, interrupted, keepFor }: Direction): Promise<Played> {
  const started = new Date();
  const origin = monotonicNow();
  const elapsed = () => (monotonicNow() - origin) / 1e9;
  const undoing = newUndoing();
  const phases: PhaseRecord[] = [];
  const closePhase = () => {
    const open = phases.at(-1);
    if (open) phases[phases.length - 1] = { ...open, to: elapsed() };
  };
  const phase = (name: string) => {
    closePhase();
    phases.push({ name, from: elapsed(), to: elapsed() });
    progress.phase(scenario, name);
  };
  const ended = AbortSignal.any([interrupted, AbortSignal.timeout(scenario.limit * 1000)]);
  const keep = keepFor(scenario.id);
  const stage = { cluster, options, ended, origin, keep, chance, phase, onEnd: undoing.add };

  let findings: Findings;
  try {
    phase("prepare");
    await unlessEnded(settled(cluster), ended);
    findings = await unlessEnded(scenario.play(stage), ended);
  } catch (error) {
    const reason = ended.aborted && !interrupted.aborted ? `not over after ${scenario.limit} s` : messageOf(error);
    findings = { checks: scenario.claims.map(({ id }) => unknownResult(id, reason)) };
  }
  phase("heal");
  const undone = await undoing.carryOut();
  const whole = await settled(cluster, HEALING).then(
    () => [],
    (error: unknown) => [messageOf(error)],
  );
  closePhase();

  const requests = findings.requests ?? [];
  const checks = withSilence(scenario, [...runChecks(findings.history ?? [], requests), ...findings.checks]);
  const verdict = mergeVerdicts(checks.map((check) => check.verdict));
  const left = [...undone, ...whole];
  const record: ScenarioRecord = {
    ...baseOf(scenario, started, origin),
    seconds: elapsed(),
    phases,
    fault: findings.fault ?? null,
    measurements: findings.measurements ?? [],
    requests,
    checks,
    verdict: left.length > 0 ? mergeVerdicts([verdict, "unknown"]) : verdict,
    skipped: null,
    limits: [...(findings.limits ?? []), ...left.map((sentence) => `Left behind: ${sentence}`)],
    logs: verdict === "pass" && left.length === 0 ? [] : await logsOf(cluster),
  };
  return { record, findings, left };
}
