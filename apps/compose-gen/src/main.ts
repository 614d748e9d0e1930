#!/usr/bin/env node
import { CommanderError } from "commander";
import { commandLine } from "./cli.ts";
import type { ExitCode } from "./exit-code.ts";
import { OperationError, explainSystemError } from "./io/errors.ts";

/** What broke, for a person; a stack trace only for what should never happen. */
function explain(error: unknown): string {
  const explained = explainSystemError(error);
  if (explained instanceof OperationError) return `compose-gen: ${explained.message}`;
  const details = explained instanceof Error ? (explained.stack ?? explained.message) : String(explained);
  return `compose-gen: this is a defect of Matriarch; please report it with the lines below.\n${details}`;
}

let exitCode: ExitCode = 0;
try {
  await commandLine((code) => {
    exitCode = code;
  }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`${explain(error)}\n`);
    exitCode = 2;
  }
}
process.exitCode = exitCode;
