// Everything that can be said about the code without running it: each `check:*` script of package.json, in order.
// All of them run, so that one call shows everything there is to mend.
import { spawnSync } from "node:child_process";
import manifest from "../package.json" with { type: "json" };

function run(script: string): { readonly passed: boolean; readonly seconds: number } {
  console.log(`\n── ${script}`);
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ["--run", script], { stdio: "inherit" });
  return { passed: status === 0, seconds: (performance.now() - start) / 1000 };
}

const steps = Object.keys(manifest.scripts).filter((script) => script.startsWith("check:"));
const results = steps.map((step) => ({ step, ...run(step) }));

console.log("");
for (const { step, passed, seconds } of results) console.log(`${passed ? "✓" : "✗"} ${step} (${seconds.toFixed(1)} s)`);

const failed = results.filter(({ passed }) => !passed).map(({ step }) => step);
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(", ")}. Run one alone with: pnpm ${failed[0]}`);
  process.exitCode = 1;
}
