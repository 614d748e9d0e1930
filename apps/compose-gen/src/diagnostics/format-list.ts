import type { Format } from "../report/formats.ts";
import { DIAGNOSTIC_CODES } from "./codes.ts";
import { PAGES } from "./pages.ts";

const WIDTH = Math.max(...DIAGNOSTIC_CODES.map((code) => code.length));

const FORMATTERS: Record<Format, () => string> = {
  human: () =>
    DIAGNOSTIC_CODES.map((code) => `${code.padEnd(WIDTH)}  ${PAGES[code].severity[0].padEnd(7)}  ${PAGES[code].cause}\n`).join(""),
  json: () =>
    `${JSON.stringify(
      DIAGNOSTIC_CODES.map((code) => ({ code, severity: PAGES[code].severity, cause: PAGES[code].cause })),
      null,
      2,
    )}\n`,
};

/** Every code with what is the case: a line for each, or the same as JSON. */
export function formatList(format: Format): string {
  return FORMATTERS[format]();
}
