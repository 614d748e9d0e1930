import { type Command, Option } from "commander";
import type { ExitCode } from "../exit-code.ts";
import { FORMATS } from "../report/formats.ts";

/**
 * Adds one command to the program; `done` receives its exit code. What the command does is imported when it runs, so
 * that no command waits for the libraries of another.
 */
export type Register = (program: Command, done: (code: ExitCode) => void) => void;

export const TOPOLOGY_FILE = "the topology file; - reads standard input";

export function formatOption(): Option {
  return new Option("--format <format>", "how to print").choices(FORMATS).default("human");
}

export function renewOption(): Option {
  return new Option("--renew <which>", "issue certificates again, with the same keys").choices(["expiring", "all"]);
}

/** Help text after the options. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
