import type { Format } from "../cli.ts";
import type { ExitCode } from "../exit-code.ts";
import { chooseScenarios } from "../matrix/scenarios.ts";
import type { Scenario, Suite } from "../run/scenario.ts";

function describe({ id, title, rows, tags, claims }: Scenario): string {
  return [`${id}  ${title}  [${rows.join(", ")}] (${tags.join(", ")})`, ...claims.map(({ text }) => `    ${text}`), ""].join("\n");
}

/** Prints the scenarios of a suite. */
export function list({ suite, tag, format }: { suite: Suite; tag: readonly string[]; format: Format }): ExitCode {
  const scenarios = chooseScenarios({ suite, only: [], tags: tag });
  const data = scenarios.map(({ id, title, rows, tags, claims, suites, limit }) => ({ id, title, rows, tags, claims, suites, limit }));
  process.stdout.write(format === "json" ? `${JSON.stringify(data, null, 2)}\n` : scenarios.map(describe).join("\n"));
  return 0;
}
