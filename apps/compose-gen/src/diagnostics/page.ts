import type { Severity } from "@matriarch/topology";

/** What is known about one code, for a person who has just met it. Each text is one paragraph of Markdown. */
export interface Page {
  /** With which severity it is reported, the gravest first. */
  readonly severity: readonly [Severity, ...Severity[]];
  /** What is the case, in one line. */
  readonly cause: string;
  /** What comes of it. */
  readonly why: string;
  /** Where that is written: a manual, a standard, a file of the daemon's source. */
  readonly source: string;
  readonly remedy: string;
  /** A topology, or the part of one that matters, that is reported, and one that is not. */
  readonly example?: { readonly before: string; readonly after: string };
}
