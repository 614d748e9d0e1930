import type { ExitCode } from "../exit-code.ts";
import { DEFAULTS } from "../init/answers.ts";
import { type Given, gatherAnswers } from "../init/gather.ts";
import { QUESTIONS, QUESTION_KEYS } from "../init/questions.ts";
import { renderStarter } from "../init/starter.ts";
import { createFile, readIfPresent } from "../io/atomic-file.ts";
import { OperationError, isTaken } from "../io/errors.ts";
import { openTerminal } from "../io/terminal.ts";
import { type Verbosity, print, printAside } from "./output.ts";

const STDOUT = "-";

interface InitOptions extends Given, Verbosity {
  /** Asks nothing, even at a terminal. */
  readonly yes?: boolean;
}

function taken(file: string): OperationError {
  return new OperationError(`${file} exists already and is not overwritten. Name another file, or - for standard output.`);
}

async function write(file: string, content: string): Promise<void> {
  try {
    await createFile({ path: file, content, mode: 0o644, owner: null });
  } catch (error) {
    throw isTaken(error) ? taken(file) : error;
  }
}

/** The answers that nobody gave, as options. */
function defaultsTaken(options: InitOptions): string {
  return QUESTION_KEYS.filter((key) => options[key] === undefined)
    .map((key) => `${QUESTIONS[key].option} ${QUESTIONS[key].typed(DEFAULTS)}`)
    .join(" ");
}

/** Writes a starter topology, after asking what it should be where somebody can be asked. An existing file is never touched. */
export async function init(file: string, options: InitOptions): Promise<ExitCode> {
  const toStdout = file === STDOUT;
  if (!toStdout && (await readIfPresent(file)) !== undefined) throw taken(file);
  const terminal = options.yes ? null : openTerminal();
  const answers = await gatherAnswers(options, terminal?.ask ?? null).finally(() => terminal?.close());
  const content = renderStarter(answers);
  if (toStdout) print(content);
  else await write(file, content);
  if (options.quiet) return 0;
  const say = toStdout ? printAside : print;
  const defaults = terminal === null ? defaultsTaken(options) : "";
  if (defaults !== "") say(`Nobody was asked; taken by default: ${defaults}.\n`);
  if (!toStdout) say(`Wrote ${file}. Next: compose-gen check ${file}\n`);
  return 0;
}
