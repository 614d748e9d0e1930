/** Standard output, for what the command was asked for. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Standard error, for progress: a pipeline that reads the output never sees it. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
