import { whyNotWhole } from "../run/completeness.ts";
import type { RunRecord, ScenarioRecord } from "../run/record.ts";
import { recoveriesOf } from "./model/recovery.ts";
import { limitsOf } from "./model/status.ts";

function scenarioOf(scenario: ScenarioRecord) {
  const { id, title, verdict, skipped, seconds, checks, again, ranOn, machine } = scenario;
  const wanting = checks.filter((check) => check.verdict !== "pass");
  return {
    id,
    title,
    ...(skipped === null ? { verdict, seconds } : { skipped }),
    limits: limitsOf(scenario),
    wanting: wanting.map(({ claim, verdict: found, reason }) => ({ claim, verdict: found, reason })),
    ...(ranOn && { ranOn }),
    ...(machine && { machine }),
    ...(verdict !== "pass" && again !== undefined && { again }),
  };
}

/** What a run found, in short, for programs: the whole of it is `run.json`. */
export function renderJson(record: RunRecord): string {
  const { header, verdict, scenarios, former = [], untested } = record;
  const notWhole = whyNotWhole(record);
  const { id, seed, suite, started, seconds, command, cutShort, version, cluster } = header;
  const recoveries = recoveriesOf(scenarios).map(({ what, metric, rounds, seconds: measured, min, median, max, predicted }) => ({
    what,
    metric,
    rounds,
    n: measured.length,
    min,
    median,
    max,
    predicted,
  }));
  const summary = {
    verdict,
    whole: notWhole.length === 0,
    notWhole,
    run: { id, seed, suite, started, seconds, command, version, cluster: cluster.scope, ...(cutShort !== undefined && { cutShort }) },
    scenarios: scenarios.map(scenarioOf),
    ...(former.length > 0 && { former: former.map(scenarioOf) }),
    recoveries,
    untested,
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}
