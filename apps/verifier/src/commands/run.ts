import path from "node:path";
import { readBundleFacts } from "../cluster/bundle.ts";
import { containerCluster } from "../cluster/containers.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Verdict } from "../history/verdict.ts";
import { chooseScenarios } from "../matrix/scenarios.ts";
import { reportText, writeReports } from "../report/write-reports.ts";
import { chancesOf, seedFor } from "../run/chance.ts";
import { humanProgress } from "../run/progress.ts";
import { expectedTime, idsIn, type Round, roundsOf, soakRounds, usualSeconds } from "../run/rounds.ts";
import { run } from "../run/run.ts";
import type { Scenario } from "../run/scenario.ts";
import { againOf, commandOf } from "./again.ts";
import { interruption } from "./interruption.ts";
import { durationOf, playingTime, type RunFlags } from "./run-flags.ts";

export const EXIT_CODES: Record<Verdict, ExitCode> = { pass: 0, fail: 1, unknown: 2 };

/** What is played, in its order, and how long that will take. */
function planOf(flags: RunFlags, scenarios: readonly Scenario[]): { readonly rounds: Iterable<Round>; readonly takes: string } {
  const { suite, only, repeat = null, seed } = flags;
  const options = { duration: durationOf(flags) };
  const time = playingTime(flags);
  if (time === null) {
    const rounds = roundsOf(scenarios, { suite, only, repeat });
    return { rounds, takes: `${rounds.length} plays, ${expectedTime(rounds, options)}` };
  }
  const chances = chancesOf(seedFor(seed, "soak"));
  const end = performance.now() + time * 1000;
  const fits = (round: Round) => performance.now() + usualSeconds(round, options) * 1000 <= end;
  const takes = `${scenarios.length} scenarios in an order of chance, for ${time} s`;
  return { rounds: soakRounds(scenarios, () => chances.next().value, fits), takes };
}

/** Plays a suite against the cluster of a bundle and saves the run. */
export async function runCommand(flags: RunFlags): Promise<ExitCode> {
  const { suite, only, tag, seed, rate, threads, format } = flags;
  const scenarios = chooseScenarios({ suite, only: idsIn(only), tags: tag });
  const cluster = containerCluster(await readBundleFacts(flags.bundle));
  const progress = humanProgress((text) => void process.stderr.write(text), process.stderr.isTTY);
  const started = new Date();
  const directory = path.resolve(flags.report ?? path.join("reports", started.toISOString().replace(/[:.]/g, "-")));
  const { verdict } = await run({
    cluster,
    options: { seed, rate, threads, duration: durationOf(flags) },
    suite,
    scenarios,
    rounds: (able) => {
      const { rounds, takes } = planOf(flags, able);
      progress.note(`${suite} on ${cluster.facts.scope}, seed ${seed}: ${takes}`);
      return rounds;
    },
    directory,
    command: commandOf(flags),
    again: (scenario) => againOf(flags, scenario),
    started,
    progress,
    interrupted: interruption(progress.note),
  });
  const reports = await writeReports(directory);
  progress.note([`${verdict}:`, ...reports].join("\n  "));
  if (format !== "human") process.stdout.write(await reportText(directory, format));
  return EXIT_CODES[verdict];
}
