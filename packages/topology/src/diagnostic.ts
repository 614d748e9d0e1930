/** `error`: the cluster cannot work or is unsafe. `warning`: it works, with a risk worth knowing. `info`: worth knowing. */
export type Severity = "error" | "warning" | "info";

/** Keys and indices from the root of the topology to the value that a finding is about. */
export type TopologyPath = readonly (string | number)[];

/** What a rule says. It knows the path in the data; only `parse` knows lines and columns. */
export interface Finding<Code extends string = string> {
  readonly code: Code;
  readonly severity: Severity;
  readonly path: TopologyPath;
  /** The variable of the environment file that it is about, where it is about one. */
  readonly variable?: string;
  /** What is wrong, in one sentence that names the values. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** A finding with its place in the file that a person wrote. */
export interface Diagnostic extends Finding {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
}

const SEVERITY_ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Order of a report: by file, by place in the file, then the gravest first, then by code. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareTexts(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
    compareTexts(a.code, b.code)
  );
}

/** Whether rendering must be refused. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}
