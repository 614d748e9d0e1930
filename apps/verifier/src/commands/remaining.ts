import type { ExitCode } from "../exit-code.ts";
import { readRun } from "../run/store.ts";
import { type Rerun, remainderOf } from "../run/resume.ts";

/** Prints what a saved run lacks, an id a line: nothing where it has everything that was planned. */
export async function remaining(directory: string, rerun: readonly Rerun[]): Promise<ExitCode> {
  const saved = await readRun(directory);
  const kept = new Set(remainderOf(saved, rerun).kept.map(({ id }) => id));
  const lacking = (saved.header.planned ?? []).filter((id) => !kept.has(id));
  process.stdout.write(lacking.map((id) => `${id}\n`).join(""));
  return 0;
}
