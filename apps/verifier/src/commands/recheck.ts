import { runChecks } from "../checks/catalogue.ts";
import { mergeVerdicts } from "../history/verdict.ts";
import { judgeOnMachine } from "../machine/judge.ts";
import type { ExitCode } from "../exit-code.ts";
import { verdictOf } from "../run/completeness.ts";
import type { RunRecord, ScenarioRecord } from "../run/record.ts";
import { writeReports } from "../report/write-reports.ts";
import { readHistory, readRun, saveRun } from "../run/store.ts";
import { exitCodeOf } from "./run.ts";

async function recheckScenario(directory: string, scenario: ScenarioRecord): Promise<ScenarioRecord> {
  if (scenario.requests.length === 0) return scenario;
  const history = await readHistory(directory, scenario.id);
  if (history === undefined) throw new Error(`${directory} has no history of ${scenario.id}: it cannot be checked again.`);
  // What was found by looking stays as it was: nobody can look again.
  const { requests, machine = null, origin } = scenario;
  const found = judgeOnMachine(runChecks(history.events, requests), requests, machine, origin);
  const checks = [...found, ...scenario.checks.slice(scenario.requests.length)];
  return { ...scenario, checks, verdict: mergeVerdicts(checks.map(({ verdict }) => verdict)) };
}

/** Judges a saved run again, by its histories alone, and saves what comes out. */
export async function recheck(directory: string): Promise<ExitCode> {
  const before = await readRun(directory);
  const scenarios = await Promise.all(before.scenarios.map((scenario) => recheckScenario(directory, scenario)));
  const after: RunRecord = { ...before, scenarios, verdict: verdictOf({ ...before, scenarios }) };
  await saveRun(directory, after);
  await writeReports(directory);
  for (const [at, { id, verdict }] of scenarios.entries()) {
    const was = before.scenarios[at]?.verdict;
    if (was !== verdict) process.stderr.write(`${id}: ${verdict}, was ${was}\n`);
  }
  process.stderr.write(`${after.verdict}: ${directory}\n`);
  return exitCodeOf(after);
}
