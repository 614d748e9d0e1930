import { readFile } from "node:fs/promises";
import path from "node:path";

/** A block of a runbook that an operator runs as a whole. */
export interface RunbookStep {
  readonly name: string;
  /** Lines for a shell, in the bundle's folder. */
  readonly lines: string;
}

const RUNBOOKS = path.resolve(import.meta.dirname, "../../../../docs/runbooks");

/** The steps of a runbook, in their order: its fenced blocks of bash, each named behind the word `bash`. Throws where one has no name. */
export function stepsIn(markdown: string): readonly RunbookStep[] {
  return [...markdown.matchAll(/^```bash(.*)\n([\s\S]*?)^```$/gm)].map(([, words = "", lines = ""]) => {
    const name = words.trim();
    if (name === "") throw new Error(`a block of the runbook has no name: ${lines}`);
    return { name, lines };
  });
}

/** Reads a runbook of this project. */
export async function readRunbook(name: string): Promise<readonly RunbookStep[]> {
  return stepsIn(await readFile(path.join(RUNBOOKS, `${name}.md`), "utf8"));
}
