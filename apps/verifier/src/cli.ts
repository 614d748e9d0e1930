import { Command, InvalidArgumentError, Option } from "commander";
import { list, LIST_FORMATS } from "./commands/list.ts";
import { mergeCommand } from "./commands/merge.ts";
import { recheck } from "./commands/recheck.ts";
import { report } from "./commands/report.ts";
import { remaining } from "./commands/remaining.ts";
import { resumeCommand, runCommand } from "./commands/run.ts";
import { DEFAULTS, type Resumption, RUN_FORMATS, type RunFlags } from "./commands/run-flags.ts";
import { SELF_TEST_FORMATS, selfTestCommand, type SelfTestFlags } from "./commands/self-test.ts";
import type { ExitCode } from "./exit-code.ts";
import { REPORT_FORMATS } from "./report/formats.ts";
import type { Shard } from "./run/record.ts";
import { RERUNS, type Rerun } from "./run/resume.ts";
import { SUITES } from "./run/scenario.ts";
import { parseShard } from "./run/shards.ts";

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

/** Seconds in a unit of time. */
const UNITS: Readonly<Record<string, number>> = { s: 1, min: 60, m: 60, h: 3600 };

/** Seconds of `90`, `90s`, `45min` or `8h`. */
function time(text: string): number {
  const [, number = "", unit = "s"] = /^([\d.]+)\s*(s|min|m|h)?$/.exec(text) ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? 0);
  if (!Number.isFinite(seconds) || seconds <= 0) throw new InvalidArgumentError("It must be a time such as 90s, 45min or 8h.");
  return seconds;
}

function shard(text: string): Shard {
  const found = parseShard(text);
  if (!found) throw new InvalidArgumentError("It must be a number of so many, such as 2/3.");
  return found;
}

function rerunOption(): Option {
  return new Option("--rerun <verdict>", "with it, what failed or was unknown is run again; can be given more than once")
    .choices(RERUNS)
    .argParser((value: string, before: readonly Rerun[]) => [...before, ...RERUNS.filter((name) => name === value)])
    .default([]);
}

/** What a person said of some options, without what they are by themselves. */
function saidOf<Options extends object>(command: Command, options: Options): Partial<Options> {
  const isSaid = ([name]: [string, unknown]) => command.getOptionValueSource(name) === "cli";
  return Object.fromEntries(Object.entries(options).filter(isSaid)) as Partial<Options>;
}

/** @throws Error where something that a new run takes is missing */
async function runOrResume(options: RunOptions, command: Command): Promise<ExitCode> {
  const { resume, rerun, ...flags } = options;
  if (resume !== undefined) {
    if (flags.report !== undefined) throw new InvalidArgumentError("error: --resume goes on in its own folder: leave --report out");
    return resumeCommand({ resume, rerun }, saidOf(command, flags));
  }
  const { bundle, seed } = flags;
  if (bundle === undefined) throw new InvalidArgumentError("error: --bundle says which cluster: give it, or --resume");
  if (rerun.length > 0) throw new InvalidArgumentError("error: --rerun is of a saved run: give it with --resume");
  if (flags.shard && seed === undefined)
    throw new InvalidArgumentError("error: all shards of a run have the same seed: give each of them the same --seed");
  return runCommand({ ...flags, bundle, seed: seed ?? 1 + (Date.now() % 1_000_000) });
}

type RunOptions = Omit<RunFlags, "seed" | "bundle"> & Pick<Resumption, "rerun"> & { bundle?: string; seed?: number; resume?: string };

function formatOption(formats: readonly string[]): Option {
  return new Option("--format <format>", "what is written to standard output").choices(formats);
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
  verifier run --bundle clusters/first --suite full --format junit > junit.xml
  verifier run --bundle clusters/first --suite soak --for 8h

Exit codes: 0 every claim holds, 1 one does not, 2 one could not be judged or something broke.`,
    );

  program
    .command("list")
    .description("the scenarios, what each claims, and which requirements it holds")
    .addOption(suiteOption())
    .option("--tag <tag>", "only scenarios with this tag; can be given more than once", collect, [])
    .addOption(formatOption(LIST_FORMATS).default("human"))
    .action((options) => done(list(options)));

  program
    .command("run")
    .description("play a suite against the running cluster of a bundle")
    .option("--bundle <folder>", "the bundle of the cluster")
    .addOption(suiteOption())
    .option("--only <id>", "only this scenario, of whatever suite, or this round of it (ID.3); can be given more than once", collect, [])
    .option("--tag <tag>", "only scenarios with this tag; can be given more than once", collect, [])
    .option("--repeat <times>", "how often each scenario is played (default: as the suite says)", whole)
    .addOption(
      new Option("--for <time>", "play in an order of chance until this time is over: 90s, 45min, 8h (default of soak: 8h)")
        .argParser(time)
        .conflicts("repeat"),
    )
    .option("--seed <number>", "of everything that is drawn by chance; drawn itself when it is not given", whole)
    .option("--rate <writes>", "writes a second, over all writers", positive, DEFAULTS.rate)
    .option("--threads <clients>", "clients at once in the stress scenario", whole, DEFAULTS.threads)
    .option("--duration <time>", "length of the stress scenario (default: 10 s in smoke, 60 s in full and soak)", time)
    .option("--report <folder>", "where the run is saved (default: reports/<time>)")
    .option("--shard <number/of>", "one of so many parts that take about the same time, such as 2/3; takes --seed", shard)
    .option("--resume <folder>", "go on with a saved run, as it was begun: what is there is not played again")
    .addOption(rerunOption())
    .addOption(formatOption(RUN_FORMATS).default("human", "human: nothing; progress goes to standard error"))
    .action(async (options: RunOptions, command: Command) => done(await runOrResume(options, command)));

  program
    .command("remaining")
    .description("what a saved run lacks of what was planned, an id a line")
    .argument("<folder>", "the saved run")
    .addOption(rerunOption())
    .action(async (folder: string, { rerun }: Pick<Resumption, "rerun">) => done(await remaining(folder, rerun)));

  program
    .command("merge")
    .description("put the shards of a run together: one folder, one report, one verdict")
    .argument("<folders...>", "the saved runs of the shards")
    .requiredOption("--report <folder>", "where the whole is saved; must not be there yet")
    .action(async (folders: readonly string[], { report: out }: { report: string }) => done(await mergeCommand(folders, out)));

  program
    .command("recheck")
    .description("judge a saved run again, by its histories alone")
    .argument("<folder>", "the saved run")
    .action(async (folder: string) => done(await recheck(folder)));

  program
    .command("report")
    .description("tell of a saved run again: every report into its folder, or one of them where it is asked for")
    .argument("<folder>", "the saved run")
    .addOption(formatOption(REPORT_FORMATS))
    .option("--out <file>", "where that report is written; its ending tells the format where none is given")
    .action(async (folder: string, options: Parameters<typeof report>[1]) => done(await report(folder, options)));

  program
    .command("self-test")
    .description("break copies of a bundle on purpose, bring each up, and see whether the verifier notices")
    .requiredOption("--bundle <folder>", "a healthy bundle; its cluster neither runs nor has data")
    .option("--only <id>", "only this mutant; can be given more than once", collect, [])
    .option("--report <folder>", "where self-test.json and self-test.md are written")
    .addOption(formatOption(SELF_TEST_FORMATS).default("human"))
    .action(async (options: Omit<SelfTestFlags, "report"> & { report?: string }) =>
      done(await selfTestCommand({ ...options, report: options.report })),
    );

  for (const command of program.commands) command.exitOverride().showHelpAfterError();
  return program;
}
