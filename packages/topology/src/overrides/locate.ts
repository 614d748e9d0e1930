import type { ParsedEnvironment } from "../environment-file/parse.ts";
import type { Locate } from "../parse/locate.ts";
import type { Parsed } from "../parse/parse.ts";
import type { Overridden } from "./apply.ts";

/** Gives findings their place: in the environment file, those about a variable or a value that came from one; else in the topology. */
export function locateIn(parsed: Parsed, environment: ParsedEnvironment, overridden: Overridden): Locate {
  return (finding) => {
    const variable = finding.variable ?? overridden.variableAt(finding.path);
    return variable === undefined ? parsed.locate(finding) : environment.locate({ ...finding, variable });
  };
}
