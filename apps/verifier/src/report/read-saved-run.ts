import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseHistory } from "../history/ndjson.ts";
import { type Operation, operationsOf } from "../history/operation.ts";
import { RUN_FILES, type ScenarioRecord, type ScenarioSeries } from "../run/record.ts";
import { operationsOfAnomaly } from "./model/operations.ts";
import { readRun } from "../run/store.ts";
import type { SavedRun } from "./saved-run.ts";

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
}

/** Of a history only what some anomaly names: the rest may be hundreds of thousands of operations. */
function shownOperations(scenario: ScenarioRecord, history: string): readonly Operation[] {
  const anomalies = scenario.checks.flatMap((check) => check.anomalies);
  if (anomalies.length === 0) return [];
  const operations = operationsOf(parseHistory(history).events);
  const shown = new Set(anomalies.flatMap((anomaly) => operationsOfAnomaly(anomaly, operations)));
  return operations.filter((operation) => shown.has(operation));
}

/** Pairs of scenario and what its file holds; a scenario without the file has none. */
async function filesOf(directory: string, scenarios: readonly ScenarioRecord[], fileOf: (scenario: string) => string) {
  const texts = await Promise.all(scenarios.map(async ({ id }) => [id, await readIfThere(path.join(directory, fileOf(id)))] as const));
  return new Map(texts.flatMap(([id, text]) => (text === null ? [] : [[id, text] as const])));
}

/** Reads a saved run, as far as a report tells of it. Throws where the folder does not hold one. */
export async function readSavedRun(directory: string): Promise<SavedRun> {
  const record = await readRun(directory);
  const series = await filesOf(directory, record.scenarios, RUN_FILES.series);
  const folder = path.join(directory, path.dirname(RUN_FILES.history("")));
  const saved = new Set(await readdir(folder).catch((error: unknown) => (isMissing(error) ? [] : Promise.reject(error as Error))));
  const recorded = record.scenarios.filter(({ id }) => saved.has(path.basename(RUN_FILES.history(id))));
  const wanted = recorded.filter(({ checks }) => checks.some(({ anomalies }) => anomalies.length > 0));
  const histories = await filesOf(directory, wanted, RUN_FILES.history);
  return {
    record,
    series: new Map([...series].map(([id, text]) => [id, JSON.parse(text) as ScenarioSeries])),
    operations: new Map(wanted.map((scenario) => [scenario.id, shownOperations(scenario, histories.get(scenario.id) ?? "")])),
    histories: new Set(recorded.map(({ id }) => id)),
  };
}
