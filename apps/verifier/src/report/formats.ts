import { renderHtml } from "./render-html.ts";
import { renderJson } from "./render-json.ts";
import { renderJunit } from "./render-junit.ts";
import { renderMarkdown } from "./render-markdown.ts";
import type { SavedRun } from "./saved-run.ts";

export const REPORT_FORMATS = ["html", "markdown", "junit", "json"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

interface Report {
  /** Its name beside `run.json`; `null`: it is printed only. */
  readonly file: string | null;
  readonly extension: string;
  readonly render: (run: SavedRun) => string;
}

/** Every form in which a saved run is told. */
export const REPORTS: Readonly<Record<ReportFormat, Report>> = {
  html: { file: "report.html", extension: ".html", render: renderHtml },
  markdown: { file: "report.md", extension: ".md", render: renderMarkdown },
  junit: { file: "junit.xml", extension: ".xml", render: ({ record }) => renderJunit(record) },
  // Beside it stands the record itself, which says more.
  json: { file: null, extension: ".json", render: ({ record }) => renderJson(record) },
};

/** The form that a file's name asks for; `undefined` where it asks for none. */
export function formatOf(file: string): ReportFormat | undefined {
  return REPORT_FORMATS.find((format) => file.endsWith(REPORTS[format].extension));
}
