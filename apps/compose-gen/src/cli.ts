import { Command, Option } from "commander";
import { check } from "./commands/check.ts";
import { render } from "./commands/render.ts";
import { schema } from "./commands/schema.ts";
import { FORMATS } from "./report/report.ts";
import { version } from "./version.ts";

/** 0: fine. 1: there are findings of severity error. 2: it broke, or was called wrongly. */
export type ExitCode = 0 | 1 | 2;

const FILE = "the topology file; - reads standard input";

function formatOption(): Option {
  return new Option("--format <format>", "how to print").choices(FORMATS).default("human");
}

/** The command line. `done` receives the exit code of the command that ran; nothing here ends the process. */
export function commandLine(done: (code: ExitCode) => void): Command {
  const program = new Command("compose-gen")
    .description("Turns one topology file into a complete PostgreSQL high-availability cluster.")
    .version(version)
    .exitOverride()
    .showHelpAfterError("(compose-gen --help tells more)")
    .addHelpText(
      "after",
      `
Examples:
  compose-gen check topology.yaml
  compose-gen render topology.yaml --out clusters/first
  compose-gen check - --format json < topology.yaml

Exit codes: 0 fine, 1 findings, 2 it broke.`,
    );

  program
    .command("check")
    .description("say everything that is wrong with a topology")
    .argument("<file>", FILE)
    .option("--env <file>", "environment file whose values override the topology")
    .addOption(formatOption())
    .action(async (file: string, options) => done(await check(file, options)));

  program
    .command("render")
    .description("write the bundle: configuration, images, certificates, passwords that are still missing")
    .argument("<file>", FILE)
    .requiredOption("--out <folder>", "the bundle's folder; its .env overrides the topology")
    .option("--force", "overwrite rendered files that were changed by hand", false)
    .option("--no-generate", "refuse blank passwords instead of generating them")
    .addOption(new Option("--renew <which>", "issue certificates again, with the same keys").choices(["expiring", "all"]))
    .addOption(formatOption())
    .action(async (file: string, options) => done(await render(file, options)));

  program
    .command("schema")
    .description("print the JSON Schema of a topology, for editors")
    .action(() => done(schema()));

  for (const command of program.commands) command.exitOverride().showHelpAfterError();
  return program;
}
