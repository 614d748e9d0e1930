// Every test there is, the quick ones first: the static checks, then each suite of vitest. All of them run; the last line is the sum.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatOutcome, type Outcome, outcomeOf, type Report, sumOf } from "./suites/outcome.ts";

/** Scripts of package.json. What takes minutes prints a line for each test as it ends. */
const SUITES = [
  { script: "test", reporter: "default" },
  { script: "test:packed", reporter: "verbose" },
  { script: "test:disk", reporter: "verbose" },
  { script: "test:browser", reporter: "verbose" },
  { script: "test:checkers", reporter: "verbose" },
  { script: "test:live", reporter: "verbose" },
] as const;
type Suite = (typeof SUITES)[number];

function runScript(script: string, ...options: string[]): number | null {
  console.log(`\n══ ${script}`);
  return spawnSync(process.execPath, ["--run", script, "--", ...options], { stdio: "inherit" }).status;
}

function runSuite({ script, reporter }: Suite, folder: string): Outcome {
  const file = join(folder, `${script.replace(":", "-")}.json`);
  // A golden that is missing is a failure, not something to write.
  const exitCode = runScript(script, "--update=none", `--reporter=${reporter}`, "--reporter=json", `--outputFile.json=${file}`);
  return outcomeOf(existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : undefined, exitCode);
}

function runAll(folder: string): [name: string, outcome: Outcome][] {
  const check: Outcome = { passed: 0, failed: runScript("check") === 0 ? 0 : 1, skipped: 0 };
  return [["check", check], ...SUITES.map((suite): [string, Outcome] => [suite.script, runSuite(suite, folder)])];
}

const folder = mkdtempSync(join(tmpdir(), "matriarch-test-"));
const outcomes = runAll(folder);
rmSync(folder, { recursive: true });

console.log("");
for (const [name, outcome] of outcomes) console.log(`${outcome.failed === 0 ? "✓" : "✗"} ${name}: ${formatOutcome(outcome)}`);

const total = sumOf(outcomes.map(([, outcome]) => outcome));
console.log(`\n${formatOutcome(total)}`);
if (total.failed > 0) process.exitCode = 1;
