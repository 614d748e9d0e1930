import { type Diagnostic, hasErrors } from "@matriarch/topology";

/** Findings for programs, and whatever else the command has to say. */
export function formatJson(diagnostics: readonly Diagnostic[], details: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ ok: !hasErrors(diagnostics), diagnostics, ...details }, null, 2)}\n`;
}
