import { createInterface } from "node:readline/promises";

/** Somebody at a terminal. */
export interface Terminal {
  /** Prints a prompt on standard error and reads a line; `undefined` when input has ended or was broken off. */
  readonly ask: (prompt: string) => Promise<string | undefined>;
  readonly close: () => void;
}

/** The terminal, or `null` where there is none: in a pipeline, in a container, with input from a file. */
export function openTerminal(): Terminal | null {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<undefined>((resolve) => {
    lines.once("close", () => resolve(undefined));
  });
  return {
    // A question that is broken off rejects, after the end was noticed: the end is the answer.
    ask: (prompt) => Promise.race([lines.question(prompt).catch(() => ended), ended]),
    close: () => lines.close(),
  };
}
