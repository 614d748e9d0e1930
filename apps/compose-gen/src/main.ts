#!/usr/bin/env node
import { CommanderError } from "commander";
import { commandLine } from "./cli.ts";
import type { ExitCode } from "./exit-code.ts";
import { OperationError, explainSystemError } from "./io/errors.ts";

/** What broke, for a person; a stack trace only for what should never happen, or where the cause was asked for. */
function explain(error: unknown, verbose: boolean): string {
  const explained = explainSystemError(error);
  if (explained instanceof OperationError) {
    const cause = verbose && explained.cause instanceof Error ? `\ncause: ${explained.cause.stack ?? explained.cause.message}` : "";
    return `compose-gen: ${explained.message}${cause}`;
  }
  const details = explained instanceof Error ? (explained.stack ?? explained.message) : String(explained);
  return `compose-gen: this is a defect of Matriarch; please report it with the lines below.\n${details}`;
}

/** The first major version of Node that has all that is used here; package.json asks for its newest release. */
const OLDEST_NODE = 22;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `compose-gen: Node ${process.versions.node} is too old. Install Node ${OLDEST_NODE} or newer: in a project, npm install node.\n`,
  );
  process.exit(2);
}

let exitCode: ExitCode = 0;
const program = commandLine((code) => {
  exitCode = code;
});

function fail(error: unknown): void {
  process.stderr.write(`${explain(error, program.opts()["verbose"] === true)}\n`);
  exitCode = 2;
  process.exitCode = 2;
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no failure: the command goes on, and its exit code counts.
  if (error.code !== "EPIPE") fail(error);
});
// There is nobody left to tell.
process.stderr.on("error", () => undefined);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : 2;
  else fail(error);
}
process.exitCode = exitCode;
