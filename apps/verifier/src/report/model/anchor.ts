/** The name of a place in a page, of parts that may hold any text: no blanks, and nothing that could not stand in a page. */
export function anchorOf(...parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(part.toWellFormed())).join("-");
}
