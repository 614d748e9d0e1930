#!/usr/bin/env node
import { CommanderError } from "commander";
import { commandLine } from "./cli.ts";
import type { ExitCode } from "./exit-code.ts";

let exitCode: ExitCode = 0;
try {
  await commandLine((code) => {
    exitCode = code;
  }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`verifier: ${error instanceof Error ? error.message : String(error)}\n`);
    exitCode = 2;
  }
}
process.exitCode = exitCode;
