import { styleText } from "node:util";
import type { Format } from "../report/formats.ts";
import type { DiagnosticCode } from "./codes.ts";
import { PAGES } from "./pages.ts";

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

function formatHuman(code: DiagnosticCode): string {
  const { severity, cause, why, source, remedy, example } = PAGES[code];
  const part = (title: string, text: string) => `\n${styleText("bold", title)}\n${indented(text)}\n`;
  return [
    `${styleText("bold", code)} (${severity.join(" or ")})\n${indented(cause)}\n`,
    part("Why it matters", `${why}\n${styleText("dim", `Source: ${source}`)}`),
    part("What to do", remedy),
    ...(example === undefined ? [] : [part("Reported", example.before), part("Not reported", example.after)]),
  ].join("");
}

const FORMATTERS: Record<Format, (code: DiagnosticCode) => string> = {
  human: formatHuman,
  json: (code) => `${JSON.stringify({ code, ...PAGES[code] }, null, 2)}\n`,
};

/** All that is known about one code. */
export function formatPage(code: DiagnosticCode, format: Format): string {
  return FORMATTERS[format](code);
}
