import { styleText } from "node:util";
import type { Diagnostic, Severity } from "@matriarch/topology";

const COLOURS: Record<Severity, "red" | "yellow" | "blue"> = { error: "red", warning: "yellow", info: "blue" };

function formatOne(diagnostic: Diagnostic): string {
  const { file, line, column, severity, code, message, hint } = diagnostic;
  return `${file}:${line}:${column}: ${styleText(COLOURS[severity], severity)} ${styleText("bold", code)}\n  ${message}\n  ${styleText("dim", hint)}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** How many findings of each severity there are. */
function summarise(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return "No findings.";
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? [] : [severity === "info" ? `${count} info` : plural(count, severity)];
  });
  return `${counts.join(", ")}.`;
}

/** Findings for people: place, code, what is wrong, what to do. Colours follow NO_COLOR and the terminal. */
export function formatHuman(diagnostics: readonly Diagnostic[]): string {
  return [...diagnostics.map(formatOne), summarise(diagnostics), ""].join("\n");
}
