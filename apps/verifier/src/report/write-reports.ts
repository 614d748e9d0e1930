import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type ReportFormat, REPORT_FORMATS, REPORTS } from "./formats.ts";
import { readSavedRun } from "./read-saved-run.ts";

/**
 * Writes the reports of a saved run into its folder, over those that are there. Gives their paths. Throws where the
 * folder holds no saved run. Secrets were masked when the run was saved: nothing is masked here.
 */
export async function writeReports(directory: string): Promise<string[]> {
  const run = await readSavedRun(directory);
  const reports = REPORT_FORMATS.map((format) => REPORTS[format]).flatMap(({ file, render }) =>
    file === null ? [] : [{ file: path.join(directory, file), text: render(run) }],
  );
  await Promise.all(reports.map(({ file, text }) => writeFile(file, text)));
  return reports.map(({ file }) => file);
}

/** One report of a saved run. Throws where the folder holds none. */
export async function reportText(directory: string, format: ReportFormat): Promise<string> {
  return REPORTS[format].render(await readSavedRun(directory));
}
