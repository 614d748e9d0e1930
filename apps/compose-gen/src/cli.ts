import { Command, Option } from "commander";
import { registerCerts } from "./cli/certs.ts";
import { registerCheck } from "./cli/check.ts";
import { registerCompletion } from "./cli/completion.ts";
import { registerDiagram } from "./cli/diagram.ts";
import { registerDiff } from "./cli/diff.ts";
import { registerExplain } from "./cli/explain.ts";
import { registerInit } from "./cli/init.ts";
import { type Register, examples } from "./cli/registration.ts";
import { registerRender } from "./cli/render.ts";
import { registerSchema } from "./cli/schema.ts";
import type { ExitCode } from "./exit-code.ts";
import { version } from "./version.ts";

/** Every command, in the order of the help. */
const REGISTRATIONS: readonly Register[] = [
  registerInit,
  registerCheck,
  registerExplain,
  registerRender,
  registerDiff,
  registerCerts,
  registerDiagram,
  registerSchema,
  registerCompletion,
];

/** The command line. `done` receives the exit code of the command that ran; nothing here ends the process. */
export function commandLine(done: (code: ExitCode) => void): Command {
  const program = new Command("compose-gen")
    .description("Turns one topology file into a complete PostgreSQL high-availability cluster.")
    .version(version)
    .addOption(new Option("-q, --quiet", "say only what is wrong").conflicts("verbose"))
    .addOption(new Option("-v, --verbose", "say more; of what broke, also the cause"))
    .exitOverride()
    .showHelpAfterError("(compose-gen --help tells more)")
    .addHelpText(
      "after",
      `${examples(
        "compose-gen check topology.yaml",
        "compose-gen render topology.yaml --out clusters/first",
        "compose-gen check - --format json < topology.yaml",
      )}\n\nExit codes: 0 fine, 1 findings, 2 it broke.`,
    );
  for (const register of REGISTRATIONS) register(program, done);
  for (const command of program.commands) {
    command
      .exitOverride()
      .showHelpAfterError(`(compose-gen ${command.name()} --help tells more)`)
      .configureHelp({ showGlobalOptions: true });
  }
  return program;
}
