import { text } from "node:stream/consumers";
import { readIfPresent } from "./atomic-file.ts";
import { OperationError } from "./errors.ts";

/** A text and the name to show for it in messages. */
export interface Source {
  readonly text: string;
  readonly file: string;
}

async function readRequired(file: string, what: string): Promise<string> {
  const content = await readIfPresent(file);
  if (content === undefined) throw new OperationError(`${file}: there is no such file. Name the ${what}, or - for standard input.`);
  return content;
}

/** The topology as text; `-` is standard input. */
export async function readSource(file: string): Promise<Source> {
  return file === "-" ? { text: await text(process.stdin), file: "<stdin>" } : { text: await readRequired(file, "topology file"), file };
}

export function readEnvironmentFile(file: string): Promise<string> {
  return readRequired(file, "environment file");
}
