import path from "node:path";
import { readBundleFacts } from "../cluster/bundle.ts";
import { containerCluster } from "../cluster/containers.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Verdict } from "../history/verdict.ts";
import { chooseScenarios } from "../matrix/scenarios.ts";
import { writeReports } from "../report/write-reports.ts";
import { humanProgress } from "../run/progress.ts";
import { run } from "../run/run.ts";
import type { RunOptions, Suite } from "../run/scenario.ts";

export interface RunFlags extends RunOptions {
  readonly suite: Suite;
  readonly only: readonly string[];
  readonly tag: readonly string[];
  readonly repeat: number;
  readonly bundle: string;
  readonly report: string | undefined;
}

export const EXIT_CODES: Record<Verdict, ExitCode> = { pass: 0, fail: 1, unknown: 2 };

function commandOf(flags: RunFlags): string {
  const words = [
    `verifier run --bundle ${flags.bundle} --suite ${flags.suite} --seed ${flags.seed}`,
    ...flags.only.map((id) => `--only ${id}`),
    ...flags.tag.map((tag) => `--tag ${tag}`),
    `--rate ${flags.rate} --threads ${flags.threads} --duration ${flags.duration} --repeat ${flags.repeat}`,
  ];
  return words.join(" ");
}

/** The first interrupt ends the scenario and heals; a second one is left to the system. */
function interruption(tell: (text: string) => void): AbortSignal {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      tell("Interrupted: healing what was broken; once more ends at once and leaves it as it is.");
      interrupted.abort(new Error("interrupted"));
    });
  }
  return interrupted.signal;
}

/** Plays a suite against the cluster of a bundle and saves the run. */
export async function runCommand(flags: RunFlags): Promise<ExitCode> {
  const cluster = containerCluster(await readBundleFacts(flags.bundle));
  const progress = humanProgress((text) => void process.stderr.write(text), process.stderr.isTTY);
  const started = new Date();
  const directory = path.resolve(flags.report ?? path.join("reports", started.toISOString().replace(/[:.]/g, "-")));
  const { verdict } = await run({
    cluster,
    options: flags,
    suite: flags.suite,
    scenarios: chooseScenarios({ suite: flags.suite, only: flags.only, tags: flags.tag }),
    repeat: flags.repeat,
    directory,
    command: commandOf(flags),
    started,
    progress,
    interrupted: interruption(progress.note),
  });
  const reports = await writeReports(directory);
  progress.note([`${verdict}:`, ...reports].join("\n  "));
  return EXIT_CODES[verdict];
}
