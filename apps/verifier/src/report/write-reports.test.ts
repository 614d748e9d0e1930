import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { formatEvent } from "../history/ndjson.ts";
import { RUN_FILES } from "../run/record.ts";
import { renderHtml } from "./render-html.ts";
import { SPLIT_HISTORY } from "./testing/synthetic-history.ts";
import { SYNTHETIC_RUN } from "./testing/synthetic-run.ts";
import { writeReports } from "./write-reports.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "matriarch-report-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function save(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

/** The synthetic run as it would have been saved. */
async function saveSynthetic(): Promise<void> {
  const { record, series, histories } = SYNTHETIC_RUN;
  await save(RUN_FILES.record, JSON.stringify(record));
  for (const [scenario, of] of series) await save(RUN_FILES.series(scenario), JSON.stringify(of));
  for (const scenario of histories) await save(RUN_FILES.history(scenario), "");
  await save(RUN_FILES.history("primary-isolated"), SPLIT_HISTORY.map(formatEvent).join(""));
}

test("the reports of a saved run are written beside it, with the operations from its history", async () => {
  await saveSynthetic();
  const written = await writeReports(folder);
  expect(written.map((file) => path.relative(folder, file))).toEqual(["report.html", "report.md", "junit.xml"]);
  expect(await readFile(path.join(folder, "report.html"), "utf8")).toBe(renderHtml(SYNTHETIC_RUN));
});

test("a run without series and histories is reported as well", async () => {
  await save(RUN_FILES.record, JSON.stringify({ ...SYNTHETIC_RUN.record, scenarios: SYNTHETIC_RUN.record.scenarios.slice(0, 1) }));
  await writeReports(folder);
  expect(await readFile(path.join(folder, "report.md"), "utf8")).toContain("Every etcd member is healthy");
});

test("a folder without a run is refused by what it lacks", async () => {
  await expect(writeReports(folder)).rejects.toThrow("has no run.json: it is not the folder of a saved run");
});

test("a run of another format is refused", async () => {
  await save(RUN_FILES.record, JSON.stringify({ format: 2 }));
  await expect(writeReports(folder)).rejects.toThrow("has format 2; this version reads format 1");
});
