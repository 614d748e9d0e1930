import { createReadStream } from "node:fs";
import { decodeUtf8, MAX_TEXT_LENGTH } from "@matriarch/topology";
import { OperationError, isMissing } from "./errors.ts";

/** A text and the name to show for it in messages. */
export interface Source {
  readonly text: string;
  readonly file: string;
}

/** No character of UTF-8 has more bytes: a text that is cut here is longer than any that is read. */
const MAX_BYTES = 4 * MAX_TEXT_LENGTH;

/** A text that a person wrote: bytes that are no UTF-8 stay to be told, and what never ends is cut where nobody would read on. */
async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BYTES) break;
  }
  return decodeUtf8(Buffer.concat(chunks));
}

/** The text of a file that a person wrote, or `undefined` where there is none. */
export async function readTextIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readText(createReadStream(file));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function readRequired(file: string, what: string): Promise<string> {
  const content = await readTextIfPresent(file);
  if (content === undefined) throw new OperationError(`${file}: there is no such file. Name the ${what}, or - for standard input.`);
  return content;
}

/** The topology as text; `-` is standard input. */
export async function readSource(file: string): Promise<Source> {
  return file === "-"
    ? { text: await readText(process.stdin), file: "<stdin>" }
    : { text: await readRequired(file, "topology file"), file };
}

export function readEnvironmentFile(file: string): Promise<string> {
  return readRequired(file, "environment file");
}
