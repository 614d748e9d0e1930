import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readSavedRun } from "./read-saved-run.ts";
import { renderHtml } from "./render-html.ts";
import { renderJunit } from "./render-junit.ts";
import { renderMarkdown } from "./render-markdown.ts";
import type { SavedRun } from "./saved-run.ts";

/** Names of the reports, beside `run.json`. */
const REPORTS: Readonly<Record<string, (run: SavedRun) => string>> = {
  "report.html": renderHtml,
  "report.md": renderMarkdown,
  "junit.xml": ({ record }) => renderJunit(record),
};

/**
 * Writes the reports of a saved run into its folder, over those that are there. Gives their paths. Throws where the
 * folder holds no saved run. Secrets were masked when the run was saved: nothing is masked here.
 */
export async function writeReports(directory: string): Promise<string[]> {
  const run = await readSavedRun(directory);
  const reports = Object.entries(REPORTS).map(([name, render]) => ({ file: path.join(directory, name), text: render(run) }));
  await Promise.all(reports.map(({ file, text }) => writeFile(file, text)));
  return reports.map(({ file }) => file);
}
