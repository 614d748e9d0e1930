import { type Format, type Report, formatReport } from "../report/report.ts";

/** How much a command says; what that means is in its help. */
export interface Verbosity {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Standard output, for what the command was asked for. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Standard error, for what is said beside it. */
export function printAside(text: string): void {
  process.stderr.write(text);
}

/** Findings and notes; quiet, a person is told errors only. What programs read is never shortened. */
export function printReport(report: Report, { format, quiet }: Verbosity & { readonly format: Format }): void {
  if (!quiet || format === "json") {
    print(formatReport(report, format));
    return;
  }
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) print(formatReport({ diagnostics: errors }, format));
}
