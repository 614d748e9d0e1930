import { hasErrors } from "@matriarch/topology";
import type { ExitCode } from "../exit-code.ts";
import { readEnvironmentFile, readSource } from "../io/source.ts";
import { readTopology } from "../pipeline.ts";
import { renderDiagram } from "../targets/compose/diagram.ts";
import { type Verbosity, print, printReport } from "./output.ts";

/** Prints the cluster as a Mermaid flow chart; the findings instead, where one of them is an error. */
export async function diagram(file: string, options: Verbosity & { env?: string }): Promise<ExitCode> {
  const { env } = options;
  const source = await readSource(file);
  const environment = { text: env === undefined ? "" : await readEnvironmentFile(env), file: env ?? ".env" };
  const { topology, diagnostics } = readTopology(source, environment, "fill");
  if (topology === undefined || hasErrors(diagnostics)) {
    printReport({ diagnostics }, { ...options, format: "human" });
    return 1;
  }
  print(renderDiagram(topology));
  return 0;
}
