import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { formatEvent, parseHistory, type SavedHistory } from "../history/ndjson.ts";
import { type RunRecord, RUN_FILES } from "./record.ts";
import type { Mask } from "../report/mask/mask.ts";
import type { Played } from "./play.ts";

async function replace(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, text);
  await rename(`${file}.tmp`, file);
}

/** Writes what a scenario left beside its record: its history and the series of its figure. */
export async function savePlayed(directory: string, { record, findings }: Played, mask: Mask): Promise<void> {
  if (findings.history) await replace(path.join(directory, RUN_FILES.history(record.id)), mask(findings.history).map(formatEvent).join(""));
  if (findings.series) await replace(path.join(directory, RUN_FILES.series(record.id)), `${JSON.stringify(mask(findings.series))}\n`);
}

/** Writes the record of a run, in one step: after each scenario, so that a run that is cut short can be read. */
export async function saveRun(directory: string, record: RunRecord): Promise<void> {
  await replace(path.join(directory, RUN_FILES.record), `${JSON.stringify(record, null, 2)}\n`);
}

/** A saved run. Throws where the folder holds none, or one that this version cannot read. */
export async function readRun(directory: string): Promise<RunRecord> {
  const file = path.join(directory, RUN_FILES.record);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error(`${directory} has no ${RUN_FILES.record}: it is not the folder of a saved run`);
  });
  const record = JSON.parse(text) as RunRecord;
  if (record.format !== 1) throw new Error(`${file} has format ${String(record.format)}; this version reads format 1`);
  return record;
}

/** The history of a scenario; `undefined` where none was saved. */
export async function readHistory(directory: string, scenario: string): Promise<SavedHistory | undefined> {
  const text = await readFile(path.join(directory, RUN_FILES.history(scenario)), "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseHistory(text);
}
