// Every test there is, the quick ones first: the static checks, then each suite of vitest. All of them run; the end is what failed, the
// minutes that each took, and the sum.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatTime, formatTotal, type Part } from "./suites/budget.ts";
import { failuresOf, formatOutcome, type Outcome, outcomeOf, type Report, sumOf } from "./suites/outcome.ts";

/** Scripts of package.json. What takes minutes prints a line for each test as it ends. */
const SUITES = [
  { script: "test", reporter: "default" },
  { script: "test:packed", reporter: "verbose" },
  { script: "test:disk", reporter: "verbose" },
  { script: "test:browser", reporter: "verbose" },
  { script: "test:checkers", reporter: "verbose" },
  { script: "test:live", reporter: "verbose" },
] as const satisfies readonly { script: Part; reporter: string }[];
type Suite = (typeof SUITES)[number];

function runScript(script: string, ...options: string[]): number | null {
  console.log(`\n══ ${script}`);
  return spawnSync(process.execPath, ["--run", script, "--", ...options], { stdio: "inherit" }).status;
}

/** What one line of the sum says, and what failed in it. */
interface Result {
  readonly name: Part;
  readonly seconds: number;
  readonly outcome: Outcome;
  readonly failures: readonly string[];
}

function runSuite({ script, reporter }: Suite, folder: string): Result {
  const begun = performance.now();
  const file = join(folder, `${script.replace(":", "-")}.json`);
  // A golden that is missing is a failure, not something to write.
  const exitCode = runScript(script, "--update=none", `--reporter=${reporter}`, "--reporter=json", `--outputFile.json=${file}`);
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : undefined;
  const seconds = (performance.now() - begun) / 1000;
  return { name: script, seconds, outcome: outcomeOf(report, exitCode), failures: failuresOf(report) };
}

function runCheck(): Result {
  const begun = performance.now();
  const outcome: Outcome = { passed: 0, failed: runScript("check") === 0 ? 0 : 1, skipped: 0 };
  return { name: "check", seconds: (performance.now() - begun) / 1000, outcome, failures: [] };
}

function runAll(folder: string): Result[] {
  return [runCheck(), ...SUITES.map((suite) => runSuite(suite, folder))];
}

const folder = mkdtempSync(join(tmpdir(), "matriarch-test-"));
const results = runAll(folder);
rmSync(folder, { recursive: true });

for (const failure of results.flatMap(({ failures }) => failures)) console.log(`\n✗ ${failure}`);
console.log("");
for (const result of results) {
  const { name, outcome } = result;
  console.log(`${outcome.failed === 0 ? "✓" : "✗"} ${name}: ${formatOutcome(outcome)}; ${formatTime(result)}`);
}

const total = sumOf(results.map(({ outcome }) => outcome));
console.log(`\n${formatOutcome(total)}; ${formatTotal(results)}`);
if (total.failed > 0) process.exitCode = 1;
