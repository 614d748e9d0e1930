import { existsSync } from "node:fs";
import path from "node:path";
import type { ExitCode } from "../exit-code.ts";
import { writeReports } from "../report/write-reports.ts";
import { whyNotWhole } from "../run/completeness.ts";
import { mergeRuns } from "../run/merge.ts";
import { RUN_FILES, type RunRecord } from "../run/record.ts";
import { copyScenario, readRun, saveRun } from "../run/store.ts";
import { exitCodeOf } from "./run.ts";

/** What a person types to run all of it again, without the split. */
function wholeCommand({ header: { command } }: RunRecord): string {
  return command.replace(/ --shard \S+/, "");
}

/** Puts the shards of a run together in a folder of its own, and writes its reports. Throws where they are not of one run. */
export async function mergeCommand(folders: readonly string[], out: string): Promise<ExitCode> {
  if (existsSync(path.join(out, RUN_FILES.record))) throw new Error(`${out} has a run already: give another --report`);
  const runs = await Promise.all(folders.map(async (folder) => ({ folder, record: await readRun(folder) })));
  const [first] = runs;
  if (!first) throw new Error("no shard was given");
  const merged = mergeRuns(
    runs.map(({ record }) => record),
    wholeCommand(first.record),
  );
  for (const { folder, record } of runs) {
    for (const { id } of [...record.scenarios, ...(record.former ?? [])]) await copyScenario(folder, out, id);
  }
  await saveRun(out, merged);
  const reports = await writeReports(out);
  const reasons = whyNotWhole(merged).map((reason) => `not whole: ${reason}`);
  process.stderr.write(`${[`${merged.verdict}:`, ...reasons, ...reports].join("\n  ")}\n`);
  return exitCodeOf(merged);
}
