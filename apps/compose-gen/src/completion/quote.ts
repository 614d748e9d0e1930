/** A word between single quotes, in which bash and zsh read nothing but the next quote. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
