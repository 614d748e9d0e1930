import type { Diagnostic, Finding } from "../diagnostic.ts";
import { compareDiagnostics, hasErrors } from "../diagnostic.ts";
import { type ParsedTopology, topologySchema } from "../schema/schema.ts";
import { findingsOfIssues } from "./issues.ts";
import { type Locate, locatorOf } from "./locate.ts";
import { readYaml } from "./read-yaml.ts";
import { without } from "./without.ts";
import { wordingOf } from "./wording.ts";

/** What `parse` made of a text. */
export interface Parsed {
  /** Absent when the text is not a topology; then `diagnostics` holds an error. */
  readonly topology?: ParsedTopology;
  /**
   * In place of a topology, where unknown keys are all that is wrong: what is left without them. Good for finding out what
   * else is wrong, and for nothing more: nobody knows what the keys were meant to be.
   */
  readonly remainder?: ParsedTopology;
  /** Errors of syntax and schema, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Gives findings of later rules their place in the file. */
  readonly locate: Locate;
}

const EMPTY = "The file is empty.";
const NOT_A_MAPPING = "A topology is a mapping: keys and values, with `cluster` and `nodes` at least.";
const NO_SPACE = "A space follows the colon of a key: `cluster: first`.";

/** What the schema makes of the data without its unknown keys; nothing where more is wrong with it. */
function remainderOf(data: object, findings: readonly Finding[]): Pick<Parsed, "remainder"> {
  if (findings.some(({ code }) => code !== "unknown-key")) return {};
  const paths = findings.map(({ path }) => path);
  const { data: remainder } = topologySchema.safeParse(without(data, paths));
  return remainder === undefined ? {} : { remainder };
}

function judge(data: unknown, locate: Locate): Omit<Parsed, "locate"> {
  if (data === null || typeof data !== "object" || Array.isArray(data)) {
    const message = data === null ? EMPTY : `The file holds ${Array.isArray(data) ? "a list" : "a single value"}, not a topology.`;
    const hint = typeof data === "string" && /^[\w-]+:\S/u.test(data) ? NO_SPACE : NOT_A_MAPPING;
    return { diagnostics: [locate({ code: "invalid-value", severity: "error", path: [], message, hint })] };
  }
  const result = topologySchema.safeParse(data, { error: wordingOf, reportInput: true });
  if (result.success) return { topology: result.data, diagnostics: [] };
  const findings = findingsOfIssues(result.error.issues);
  return { ...remainderOf(data, findings), diagnostics: findings.map(locate) };
}

/**
 * Reads a topology as written; never throws.
 * Returns the topology with the schema's defaults, or every error of syntax and schema with line and column.
 * @param file the name to show in messages; nothing is read from it
 */
export function parse(text: string, file: string): Parsed {
  // JavaScript may hand over what a failed read gave it.
  const source = readYaml(typeof text === "string" ? text : "", file);
  const locate = locatorOf(source, file);
  if (source.data === undefined) return { diagnostics: source.diagnostics, locate };
  const { topology, remainder, diagnostics } = judge(source.data, locate);
  const all = [...source.diagnostics, ...diagnostics].toSorted(compareDiagnostics);
  if (topology !== undefined && !hasErrors(all)) return { topology, diagnostics: all, locate };
  return { ...(remainder && { remainder }), diagnostics: all, locate };
}
