import { create } from "xmlbuilder2";
import type { CheckResult } from "../checks/result.ts";
import { limitsOf } from "./model/status.ts";
import type { RunRecord, ScenarioRecord } from "../run/record.ts";

type Tag = Readonly<Record<string, unknown>>;

/** `skipped`, `failure` or `error` of a test case; nothing where it passed. An unknown verdict is an error: nothing was proven. */
function resultOf(scenario: ScenarioRecord, check: CheckResult | undefined): Tag {
  if (scenario.skipped !== null) return { skipped: { "@message": scenario.skipped } };
  const { verdict, reason, anomalies } = check ?? { verdict: "unknown", reason: "was not checked", anomalies: [] };
  const details = anomalies.map(({ kind, message }) => `${kind}: ${message}`).join("\n");
  switch (verdict) {
    case "pass":
      return {};
    case "fail":
      return { failure: { "@message": reason ?? "", "@type": anomalies[0]?.kind ?? "failed", "#": details } };
    case "unknown":
      return { error: { "@message": reason ?? "", "@type": "unknown", "#": details } };
  }
}

function casesOf(scenario: ScenarioRecord): Tag[] {
  const base = { "@classname": scenario.id };
  if (scenario.claims.length === 0) return [{ ...base, "@name": scenario.title, ...resultOf(scenario, undefined) }];
  return scenario.claims.map(({ id, text }) => {
    const check = scenario.checks.find(({ claim }) => claim === id);
    return { ...base, "@name": text, ...resultOf(scenario, check) };
  });
}

function countsOf(cases: readonly Tag[]): Record<"@tests" | "@failures" | "@errors" | "@skipped", number> {
  const having = (name: string) => cases.filter((test) => name in test).length;
  return { "@tests": cases.length, "@failures": having("failure"), "@errors": having("error"), "@skipped": having("skipped") };
}

function suiteOf(scenario: ScenarioRecord): Tag {
  const cases = casesOf(scenario);
  const limits = limitsOf(scenario)
    .map((limit) => `known limit: ${limit}`)
    .join("\n");
  return {
    "@name": `${scenario.id}: ${scenario.title}`,
    ...countsOf(cases),
    "@time": scenario.seconds.toFixed(3),
    // The format has no time zones: all of it is UTC.
    "@timestamp": scenario.started.replace(/(\.\d+)?Z$/, ""),
    testcase: cases,
    ...(limits !== "" && { "system-out": limits }),
  };
}

/** The verdicts as JUnit XML: a suite for each scenario, a test case for each claim. */
export function renderJunit({ header, scenarios }: RunRecord): string {
  const counts = countsOf(scenarios.flatMap(casesOf));
  const testsuites = {
    "@name": `Matriarch verifier ${header.id}`,
    ...counts,
    "@time": header.seconds.toFixed(3),
    testsuite: scenarios.map(suiteOf),
  };
  // XML cannot hold every character at all, however it is escaped.
  const document = create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "\uFFFD" }, { testsuites });
  return `${document.end({ prettyPrint: true })}\n`;
}
