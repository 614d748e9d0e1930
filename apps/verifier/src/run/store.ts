import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Event } from "../history/event.ts";
import { formatEvent, parseHistory, type SavedHistory } from "../history/ndjson.ts";
import { type RunRecord, RUN_FILES } from "./record.ts";
import type { Mask } from "../mask/mask.ts";
import type { Played } from "./play.ts";

async function replace(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, text);
  await rename(`${file}.tmp`, file);
}

/**
 * Keeps the events of a scenario's history, each on the disk before it returns: what was about to be sent is known even when
 * the verifier is killed. The file is made with the first event, in place of one that is there.
 */
export function historyKeeper(directory: string, scenario: string, mask: Mask): (event: Event) => void {
  const file = path.join(directory, RUN_FILES.history(scenario));
  let isMade = false;
  return (event) => {
    const line = formatEvent(mask(event));
    if (isMade) {
      appendFileSync(file, line);
      return;
    }
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, line);
    isMade = true;
  };
}

/** Writes the series of a scenario's figure, where it has one. */
export async function saveSeries(directory: string, { record, findings }: Played, mask: Mask): Promise<void> {
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

/** A scenario's files, where it has them. */
function filesOf(directory: string, scenario: string): string[] {
  return [RUN_FILES.history(scenario), RUN_FILES.series(scenario)].map((file) => path.join(directory, file));
}

async function ifThere(work: Promise<unknown>): Promise<void> {
  await work.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

/** Gives the files of a scenario another name, so that it can be played again and nothing of it is lost. */
export async function setAside(directory: string, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const [before, after] = [filesOf(directory, from), filesOf(directory, to)];
  await Promise.all(before.map((file, at) => ifThere(rename(file, after[at] ?? file))));
}

/** Removes the files of a scenario that has no record: it was interrupted, and would be mistaken for the next attempt. */
export async function forgetScenario(directory: string, scenario: string): Promise<void> {
  await Promise.all(filesOf(directory, scenario).map((file) => rm(file, { force: true })));
}

/** Copies the files of a scenario into another run's folder. */
export async function copyScenario(from: string, to: string, scenario: string): Promise<void> {
  const [before, after] = [filesOf(from, scenario), filesOf(to, scenario)];
  await Promise.all(
    before.map(async (file, at) => {
      const target = after[at] ?? file;
      await mkdir(path.dirname(target), { recursive: true });
      await ifThere(copyFile(file, target));
    }),
  );
}
