import { topologyJsonSchema } from "@matriarch/topology";
import type { ExitCode } from "../exit-code.ts";
import { print } from "./output.ts";

/** Prints the JSON Schema of a topology. */
export function schema(): ExitCode {
  print(`${JSON.stringify(topologyJsonSchema(), null, 2)}\n`);
  return 0;
}
