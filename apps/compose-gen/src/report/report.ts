import type { Diagnostic } from "@matriarch/topology";
import type { Format } from "./formats.ts";
import { formatHuman } from "./human.ts";
import { formatJson } from "./json.ts";

/** What a command has to tell, whatever the format. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  /** Lines for people, after the findings. */
  readonly notes?: readonly string[];
  /** Fields for programs, beside the findings. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export type { Format } from "./formats.ts";

const FORMATTERS: Record<Format, (report: Report) => string> = {
  human: ({ diagnostics, notes = [] }) => formatHuman(diagnostics) + notes.map((note) => `${note}\n`).join(""),
  json: ({ diagnostics, details }) => formatJson(diagnostics, details),
};

export function formatReport(report: Report, format: Format): string {
  return FORMATTERS[format](report);
}
