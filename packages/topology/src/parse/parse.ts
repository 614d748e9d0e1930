import { LineCounter, parseDocument } from "yaml";
import type { Diagnostic, Finding } from "../diagnostic.ts";
import { type ParsedTopology, topologySchema } from "../schema/schema.ts";
import { findingsOfIssues } from "./issues.ts";
import { type Locate, locatorOf } from "./locate.ts";

export interface Parsed {
  /** Absent when the text is not a topology; then `diagnostics` holds an error. */
  readonly topology?: ParsedTopology;
  readonly diagnostics: readonly Diagnostic[];
  /** Gives findings of later rules their place in the file. */
  readonly locate: Locate;
}

/**
 * Reads a topology as written.
 * Returns the topology with the schema's defaults, or every error of syntax and schema with line and column.
 * @param file the name to show in messages; nothing is read from it
 */
export function parse(text: string, file: string): Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const locate = locatorOf(document, lineCounter, file);
  if (document.errors.length > 0) {
    const diagnostics = document.errors.map((error): Diagnostic => {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      const finding: Finding =
        error.code === "DUPLICATE_KEY"
          ? { code: "duplicate-key", severity: "error", path: [], message: "This key stands twice in the same mapping.", hint: "Keep one of the two; names of nodes, databases and roles are unique." }
          : { code: "yaml-syntax", severity: "error", path: [], message: `Not valid YAML: ${error.message}.`, hint: "Mend the syntax; indent with spaces, and quote text that holds a colon or a hash." };
      return { ...finding, file, line, column: col };
    });
    return { diagnostics, locate };
  }
  const result = topologySchema.safeParse(document.toJS() as unknown);
  return result.success
    ? { topology: result.data, diagnostics: [], locate }
    : { diagnostics: findingsOfIssues(result.error.issues).map(locate), locate };
}
