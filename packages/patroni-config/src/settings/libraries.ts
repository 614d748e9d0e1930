/** A list of libraries as PostgreSQL reads it: with commas between, in double quotes where a name holds one. */
export function splitLibraries(list: string): string[] {
  const items = list.match(/"(?:[^"]|"")*"|[^,"]+/g) ?? [];
  return items
    .map((item) => item.trim().replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('""', '"')))
    .filter((name) => name !== "");
}
