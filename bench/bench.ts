// How fast it is. `pnpm bench` prints a table; with `--json` JSON instead, with `--json FILE` both, the JSON into the file.
import { writeFileSync } from "node:fs";
import { measureCommandLine } from "./command-line.ts";
import { measureInProcess } from "./in-process.ts";
import { readMachine } from "./machine.ts";
import { measureManyClusters } from "./many-clusters.ts";
import { isMet } from "./measurement.ts";
import { type BenchReport, formatReport } from "./report.ts";

const USAGE = "Usage: pnpm bench [--json [FILE]]";

const [option, file, ...rest] = process.argv.slice(2).filter((argument) => argument !== "--");
if ((option !== undefined && option !== "--json") || rest.length > 0) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const machine = readMachine();
  const measurements = [...(await measureInProcess()), ...measureCommandLine(), ...measureManyClusters()];
  const report: BenchReport = { machine, measurements };
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (file !== undefined) writeFileSync(file, json);
  process.stdout.write(option === "--json" && file === undefined ? json : formatReport(report));
  if (!measurements.every(isMet)) console.error("Not every target was met: on a busy machine, measure again when it is idle.");
}
