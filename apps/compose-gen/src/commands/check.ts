import path from "node:path";
import { hasErrors, outlookOf } from "@matriarch/topology";
import type { ExitCode } from "../exit-code.ts";
import { readBroughtAuthority } from "../io/bundle-store.ts";
import { signer } from "../io/signer.ts";
import { readEnvironmentFile, readSource } from "../io/source.ts";
import { type ReadTopology, readTopology, withBroughtAuthority } from "../pipeline.ts";
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
  const brought = read.topology === undefined ? [] : await readBroughtAuthority(read.topology, path.dirname(file));
  const judged = withBroughtAuthority(read, new Map(brought), { now: Date.now(), publicKeyOf: signer.publicKeyOf });
  printReport(reportOf(judged), options);
  return hasErrors(judged.diagnostics) ? 1 : 0;
}
