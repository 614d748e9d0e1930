import { writeFile } from "node:fs/promises";
import type { ExitCode } from "../exit-code.ts";
import { formatOf, REPORT_FORMATS, REPORTS, type ReportFormat } from "../report/formats.ts";
import { reportText, writeReports } from "../report/write-reports.ts";

/**
 * Tells of a saved run again: without anything said, every report into its folder; with a format, that one to standard
 * output, or to a file.
 * @throws Error for a file whose name asks for no format, where none was given
 */
export async function report(directory: string, { format, out }: { format?: ReportFormat; out?: string }): Promise<ExitCode> {
  if (format === undefined && out === undefined) {
    process.stdout.write((await writeReports(directory)).map((file) => `${file}\n`).join(""));
    return 0;
  }
  const wanted = format ?? formatOf(out ?? "");
  if (wanted === undefined) {
    const endings = REPORT_FORMATS.map((name) => REPORTS[name].extension).join(", ");
    throw new Error(`${out} does not say which report it is to be: give it --format, or a name that ends in one of ${endings}`);
  }
  const text = await reportText(directory, wanted);
  if (out === undefined || out === "-") process.stdout.write(text);
  else await writeFile(out, text);
  return 0;
}
