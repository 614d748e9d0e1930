/** What was thrown, as a sentence for people: its message where it has one. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
