/** Standard output, for what the command was asked for. */
export function print(text: string): void {
  process.stdout.write(text);
}
