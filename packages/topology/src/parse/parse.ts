import type { Diagnostic } from "../diagnostic.ts";
import { compareDiagnostics, hasErrors } from "../diagnostic.ts";
import { type ParsedTopology, topologySchema } from "../schema/schema.ts";
import { findingsOfIssues } from "./issues.ts";
import { type Locate, locatorOf } from "./locate.ts";
import { readYaml } from "./read-yaml.ts";
import { wordingOf } from "./wording.ts";

/** What `parse` made of a text. */
export interface Parsed {
  /** Absent when the text is not a topology; then `diagnostics` holds an error. */
  readonly topology?: ParsedTopology;
  /** Errors of syntax and schema, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Gives findings of later rules their place in the file. */
  readonly locate: Locate;
}

const EMPTY = "The file is empty.";
const NOT_A_MAPPING = "A topology is a mapping: keys and values, with `cluster` and `nodes` at least.";

function judge(data: unknown, locate: Locate): Pick<Parsed, "topology" | "diagnostics"> {
  if (data === null || typeof data !== "object" || Array.isArray(data)) {
    const message = data === null ? EMPTY : `The file holds ${Array.isArray(data) ? "a list" : "a single value"}, not a topology.`;
    return { diagnostics: [locate({ code: "invalid-value", severity: "error", path: [], message, hint: NOT_A_MAPPING })] };
  }
  const result = topologySchema.safeParse(data, { error: wordingOf, reportInput: true });
  return result.success ? { topology: result.data, diagnostics: [] } : { diagnostics: findingsOfIssues(result.error.issues).map(locate) };
}

/**
 * Reads a topology as written; never throws.
 * Returns the topology with the schema's defaults, or every error of syntax and schema with line and column.
 * @param file the name to show in messages; nothing is read from it
 */
export function parse(text: string, file: string): Parsed {
  const source = readYaml(text, file);
  const locate = locatorOf(source, file);
  if (source.data === undefined) return { diagnostics: source.diagnostics, locate };
  const { topology, diagnostics } = judge(source.data, locate);
  const all = [...source.diagnostics, ...diagnostics].toSorted(compareDiagnostics);
  return topology === undefined || hasErrors(all) ? { diagnostics: all, locate } : { topology, diagnostics: all, locate };
}
