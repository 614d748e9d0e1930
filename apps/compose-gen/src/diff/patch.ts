import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";

const NOTHING = "/dev/null";
const HIDDEN = "-(a line that holds a password: not shown)";

/**
 * Unified diff with three lines of context; empty where the texts are the same.
 * @param before `undefined`: there is no such file
 * @param after `undefined`: there will be no such file
 * @param hidden values that no removed line may show. What Matriarch renders holds none, what a person wrote into it may;
 * the whole line is left out, since a value masked inside a line that everybody knows would give itself away.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined, hidden: readonly string[]): string {
  if (before === after) return "";
  const names = [before === undefined ? NOTHING : path, after === undefined ? NOTHING : path] as const;
  const patch = structuredPatch(...names, before ?? "", after ?? "", undefined, undefined, { context: 3 });
  const isHidden = (line: string) => line.startsWith("-") && hidden.some((value) => value !== "" && line.slice(1).includes(value));
  const hunks = patch.hunks.map((hunk) => ({ ...hunk, lines: hunk.lines.map((line) => (isHidden(line) ? HIDDEN : line)) }));
  return formatPatch({ ...patch, hunks }, FILE_HEADERS_ONLY);
}
