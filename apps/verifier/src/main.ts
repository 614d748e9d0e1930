#!/usr/bin/env node
import { CommanderError } from "commander";
import { commandLine } from "./cli.ts";
import type { ExitCode } from "./exit-code.ts";
import { reasonOf } from "./reason.ts";

let exitCode: ExitCode = 0;
try {
  await commandLine((code) => {
    exitCode = code;
  }).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`verifier: ${reasonOf(error)}\n`);
    exitCode = 2;
  }
}
process.exitCode = exitCode;
