import { hasErrors } from "@matriarch/topology";
import type { ExitCode } from "../exit-code.ts";
import { readEnvironmentFile, readSource } from "../io/source.ts";
import { readTopology } from "../pipeline.ts";
import { type Format, formatReport } from "../report/report.ts";
import { print } from "./output.ts";

/** Says everything that is wrong with a topology. */
export async function check(file: string, options: { env?: string; format: Format }): Promise<ExitCode> {
  const source = await readSource(file);
  const { diagnostics } =
    options.env === undefined
      ? readTopology(source, { text: "", file: ".env" }, "fill")
      : readTopology(source, { text: await readEnvironmentFile(options.env), file: options.env }, "tell");
  print(formatReport({ diagnostics }, options.format));
  return hasErrors(diagnostics) ? 1 : 0;
}
