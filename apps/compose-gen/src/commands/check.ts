import { hasErrors, outlookOf } from "@matriarch/topology";
import type { ExitCode } from "../exit-code.ts";
import { readEnvironmentFile, readSource } from "../io/source.ts";
import { type ReadTopology, readTopology } from "../pipeline.ts";
import { formatOutlook } from "../report/outlook.ts";
import type { Format, Report } from "../report/report.ts";
import { type Verbosity, printReport } from "./output.ts";

/** The findings and, where none of them is an error, what may be expected of the cluster. */
export function reportOf({ topology, diagnostics }: ReadTopology): Report {
  if (topology === undefined || hasErrors(diagnostics)) return { diagnostics };
  const outlook = outlookOf(topology);
  return { diagnostics, notes: formatOutlook(outlook), details: { outlook } };
}

/** Says everything that is wrong with a topology, and what may be expected of one with which nothing is. */
export async function check(file: string, options: Verbosity & { env?: string; format: Format }): Promise<ExitCode> {
  const source = await readSource(file);
  const read =
    options.env === undefined
      ? readTopology(source, { text: "", file: ".env" }, "fill")
      : readTopology(source, { text: await readEnvironmentFile(options.env), file: options.env }, "tell");
  printReport(reportOf(read), options);
  return hasErrors(read.diagnostics) ? 1 : 0;
}
