import path from "node:path";
import { hasErrors, outlookOf } from "@matriarch/topology";
import type { ExitCode } from "../exit-code.ts";
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

/** The same with what is wrong with an authority that is brought along; what reads it is loaded only where there is one. */
async function withAuthority(read: ReadTopology, base: string): Promise<ReadTopology> {
  const { topology } = read;
  if (topology === undefined || topology.tls.ca === "own") return read;
  const [{ readBroughtAuthority }, { signer }] = await Promise.all([import("../io/bundle-store.ts"), import("../io/signer.ts")]);
  const brought = new Map(await readBroughtAuthority(topology, base));
  return withBroughtAuthority(read, brought, { now: Date.now(), keys: signer });
}

/** Says everything that is wrong with a topology, and what may be expected of one with which nothing is. */
export async function check(file: string, options: Verbosity & { env?: string; format: Format }): Promise<ExitCode> {
  const source = await readSource(file);
  const read =
    options.env === undefined
      ? readTopology(source, { text: "", file: ".env" }, "fill")
      : readTopology(source, { text: await readEnvironmentFile(options.env), file: options.env }, "tell");
  const judged = await withAuthority(read, path.dirname(file));
  printReport(reportOf(judged), options);
  return hasErrors(judged.diagnostics) ? 1 : 0;
}
