import type { ExitCode } from "../exit-code.ts";
import { chooseScenarios } from "../matrix/scenarios.ts";
import { expectedTime, roundsOf, timesIn, usualSeconds } from "../run/rounds.ts";
import type { Scenario, Suite } from "../run/scenario.ts";
import { durationOf } from "./run-flags.ts";

export const LIST_FORMATS = ["human", "json"] as const;

interface ListFlags {
  readonly suite: Suite;
  readonly tag: readonly string[];
  readonly format: (typeof LIST_FORMATS)[number];
}

function describe(scenario: Scenario, suite: Suite): string {
  const { id, title, rows, tags, claims } = scenario;
  const times = timesIn(suite, scenario);
  const often = times === 1 ? "" : `, ${times} times`;
  return [`${id}  ${title}  [${rows.join(", ")}] (${tags.join(", ")})${often}`, ...claims.map(({ text }) => `    ${text}`), ""].join("\n");
}

/** Prints the scenarios of a suite. */
export function list({ suite, tag, format }: ListFlags): ExitCode {
  const scenarios = chooseScenarios({ suite, only: [], tags: tag });
  const options = { duration: durationOf({ suite }) };
  const data = scenarios.map((scenario) => {
    const { id, title, rows, tags, claims, suites, limit } = scenario;
    const usual = usualSeconds({ scenario, number: 1 }, options);
    return { id, title, rows, tags, claims, suites, limit, usual, times: timesIn(suite, scenario) };
  });
  const rounds = roundsOf(scenarios, { suite, only: [], repeat: null });
  const sum = `${scenarios.length} scenarios, ${rounds.length} plays, ${expectedTime(rounds, options)}`;
  const text = [...scenarios.map((scenario) => describe(scenario, suite)), `${sum}\n`].join("\n");
  process.stdout.write(format === "json" ? `${JSON.stringify(data, null, 2)}\n` : text);
  return 0;
}
