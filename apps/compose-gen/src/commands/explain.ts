import { nearest } from "@matriarch/topology";
import { DIAGNOSTIC_CODES, type DiagnosticCode } from "../diagnostics/codes.ts";
import { formatList } from "../diagnostics/format-list.ts";
import { formatPage } from "../diagnostics/format-page.ts";
import type { ExitCode } from "../exit-code.ts";
import { OperationError } from "../io/errors.ts";
import type { Format } from "../report/formats.ts";
import { print } from "./output.ts";

function isCode(text: string): text is DiagnosticCode {
  return (DIAGNOSTIC_CODES as readonly string[]).includes(text);
}

/**
 * Prints the page of a code; without one the list, a line for each.
 * @throws OperationError when there is no such code
 */
export function explain(code: string | undefined, options: { readonly format: Format }): ExitCode {
  if (code === undefined) {
    print(formatList(options.format));
    return 0;
  }
  if (!isCode(code)) {
    const meant = nearest(code, DIAGNOSTIC_CODES);
    const hint = meant === undefined ? "`compose-gen explain` lists them all." : `Did you mean "${meant}"?`;
    throw new OperationError(`there is no finding with the code "${code}". ${hint}`);
  }
  print(formatPage(code, options.format));
  return 0;
}
