import { hasErrors } from "@matriarch/topology";
import type { ExitCode } from "../exit-code.ts";
import { readEnvironmentFile, readSource } from "../io/source.ts";
import { readTopology } from "../pipeline.ts";
import type { Format } from "../report/report.ts";
import { type Verbosity, printReport } from "./output.ts";

/** Says everything that is wrong with a topology. */
export async function check(file: string, options: Verbosity & { env?: string; format: Format }): Promise<ExitCode> {
  const source = await readSource(file);
  const { diagnostics } =
    options.env === undefined
      ? readTopology(source, { text: "", file: ".env" }, "fill")
      : readTopology(source, { text: await readEnvironmentFile(options.env), file: options.env }, "tell");
  printReport({ diagnostics }, options);
  return hasErrors(diagnostics) ? 1 : 0;
}
