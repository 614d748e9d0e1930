import { Command, InvalidArgumentError, Option } from "commander";
import { list } from "./commands/list.ts";
import { recheck } from "./commands/recheck.ts";
import { runCommand, type RunFlags } from "./commands/run.ts";
import type { ExitCode } from "./exit-code.ts";
import { writeReports } from "./report/write-reports.ts";
import { SUITES } from "./run/scenario.ts";

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}

function whole(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError("It must be a whole number above 0.");
  return value;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function suiteOption(): Option {
  return new Option("--suite <suite>", "how much of the matrix").choices(SUITES).default("smoke");
}

const FORMATS = ["human", "json"] as const;
export type Format = (typeof FORMATS)[number];

function formatOption(): Option {
  return new Option("--format <format>", "how to print").choices(FORMATS).default("human");
}

/** The command line. `done` receives the exit code of the command that ran; nothing here ends the process. */
export function commandLine(done: (code: ExitCode) => void): Command {
  const program = new Command("verifier")
    .description("Drives a live cluster through its front door, breaks it on purpose, and judges what it saw.")
    .exitOverride()
    .showHelpAfterError("(verifier --help tells more)")
    .addHelpText(
      "after",
      `
Examples:
  verifier list --suite full
  verifier run --bundle clusters/first
  verifier run --bundle clusters/first --only etcd --seed 7

Exit codes: 0 every claim holds, 1 one does not, 2 one could not be judged or something broke.`,
    );

  program
    .command("list")
    .description("the scenarios, what each claims, and which requirements it holds")
    .addOption(suiteOption())
    .option("--tag <tag>", "only scenarios with this tag; can be given more than once", collect, [])
    .addOption(formatOption())
    .action((options) => done(list(options)));

  program
    .command("run")
    .description("play a suite against the running cluster of a bundle")
    .requiredOption("--bundle <folder>", "the bundle of the cluster")
    .addOption(suiteOption())
    .option("--only <id>", "only this scenario, of whatever suite; can be given more than once", collect, [])
    .option("--tag <tag>", "only scenarios with this tag; can be given more than once", collect, [])
    .option("--repeat <times>", "how often each scenario is played", whole, 1)
    .option("--seed <number>", "of everything that is drawn by chance; drawn itself when it is not given", whole)
    .option("--rate <writes>", "writes a second, over all writers", positive, 50)
    .option("--threads <clients>", "clients at once in the stress scenarios", whole, 8)
    .option("--duration <seconds>", "length of a stress scenario", positive, 30)
    .option("--report <folder>", "where the run is saved (default: reports/<time>)")
    .action(async (options: Omit<RunFlags, "seed" | "report"> & { seed?: number; report?: string }) =>
      done(await runCommand({ ...options, seed: options.seed ?? 1 + (Date.now() % 1_000_000), report: options.report })),
    );

  program
    .command("recheck")
    .description("judge a saved run again, by its histories alone")
    .argument("<folder>", "the saved run")
    .action(async (folder: string) => done(await recheck(folder)));

  program
    .command("report")
    .description("write the reports of a saved run again: HTML, Markdown, JUnit")
    .argument("<folder>", "the saved run")
    .action(async (folder: string) => {
      process.stdout.write((await writeReports(folder)).map((file) => `${file}\n`).join(""));
      done(0);
    });

  for (const command of program.commands) command.exitOverride().showHelpAfterError();
  return program;
}
