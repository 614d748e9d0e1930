import path from "node:path";
import { readBundleFacts } from "../cluster/bundle.ts";
import { containerCluster } from "../cluster/containers.ts";
import { lookForNeeds } from "../cluster/machine-needs.ts";
import { machineReader } from "../cluster/machine-reading.ts";
import { holdCluster } from "../cluster/one-verifier.ts";
import { readGeneration, readSourceTree } from "../cluster/source-tree.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Verdict } from "../history/verdict.ts";
import { needsOf, needsText } from "../machine/needs.ts";
import { reportText, writeReports } from "../report/write-reports.ts";
import { whyNotWhole } from "../run/completeness.ts";
import { humanProgress, type Progress } from "../run/progress.ts";
import type { RanOn, RunRecord } from "../run/record.ts";
import { recover } from "../run/recover.ts";
import { type Remainder, remainderOf } from "../run/resume.ts";
import { run } from "../run/run.ts";
import { forgetScenario, readRun, setAside } from "../run/store.ts";
import { againOf, commandOf } from "./again.ts";
import { interruption } from "./interruption.ts";
import { chosenScenarios, planForTime, planOfSuite, type Tell } from "./plan.ts";
import { resumedFlags } from "./resumption.ts";
import { choiceOf, durationOf, playingTime, type Resumption, type RunFlags } from "./run-flags.ts";

const EXIT_CODES: Record<Verdict, ExitCode> = { pass: 0, fail: 1, unknown: 2 };

/** As the verdict says; where every claim holds of a run that is not a whole one, nobody can say so of the whole. */
export function exitCodeOf(record: RunRecord): ExitCode {
  const code = EXIT_CODES[record.verdict];
  return code === 0 && whyNotWhole(record).length > 0 ? 2 : code;
}

/** The ground that a run stands on, as it is at the moment. */
async function groundOf(bundle: string): Promise<RanOn> {
  return { ...(await readSourceTree(import.meta.dirname)), generation: await readGeneration(bundle) };
}

/** Says where what is there ran on other sources than what comes now. */
function warnOfGround({ kept }: Remainder, now: RanOn, progress: Progress): void {
  const others = kept.filter(({ ranOn }) => ranOn?.tree !== now.tree || ranOn.generation !== now.generation);
  if (others.length === 0) return;
  progress.note(
    `${others.length} of the ${kept.length} plays that are there ran on other sources or on another bundle: they stay, marked, and the run is not whole. A run of one tree takes a new folder.`,
  );
}

async function remainderIn(saved: RunRecord, { resume, rerun }: Resumption): Promise<Remainder> {
  const remainder = remainderOf(saved, rerun);
  for (const files of remainder.setAside) await setAside(resume, files);
  const kept = new Set(remainder.kept.map(({ id }) => id));
  for (const id of (saved.header.planned ?? []).filter((planned) => !kept.has(planned))) await forgetScenario(resume, id);
  return remainder;
}

/** Plays a suite against the running cluster of a bundle, or what a saved run lacks of it, and saves the run. */
async function carryOut(flags: RunFlags, resumption: Resumption | null): Promise<ExitCode> {
  const release = await holdCluster(flags.bundle);
  try {
    return await playAndTell(flags, resumption);
  } finally {
    await release();
  }
}

async function playAndTell(flags: RunFlags, resumption: Resumption | null): Promise<ExitCode> {
  const { suite, seed, rate, threads, format } = flags;
  const cluster = containerCluster(await readBundleFacts(flags.bundle));
  const progress = humanProgress((text) => void process.stderr.write(text), process.stderr.isTTY);
  const started = new Date();
  const directory = path.resolve(flags.report ?? path.join("reports", started.toISOString().replace(/[:.]/g, "-")));
  const saved = resumption && (await readRun(directory));
  const remainder = resumption && saved && (await remainderIn(saved, { ...resumption, resume: directory }));
  if (remainder) warnOfGround(remainder, await groundOf(flags.bundle), progress);
  const kept = new Set(remainder?.kept.map(({ id }) => id));
  const tell: Tell = (takes) => progress.note(`${suite} on ${cluster.facts.scope}, seed ${seed}: ${takes}`);
  const time = playingTime(flags);
  const scenarios = chosenScenarios(flags);
  const plan = time === null ? planOfSuite(flags, scenarios, kept, tell) : planForTime(flags, scenarios, time, tell);
  const ports = cluster.facts.members.flatMap(({ published }) => [...published.values()]);
  progress.note(needsText(needsOf(await lookForNeeds(ports, path.dirname(directory)), "running")));
  const interrupted = interruption(progress.note);
  if (saved && saved.header.parts?.at(-1)?.leftWhole !== true) {
    progress.note("This run was killed, or left the cluster broken: every member is made anew first, with its data.");
    await recover(cluster);
  }
  const record = await run({
    cluster,
    options: { seed, rate, threads, duration: durationOf(flags) },
    suite,
    ...plan,
    directory,
    command: commandOf(flags),
    again: (scenario) => againOf(flags, scenario),
    started,
    progress,
    interrupted,
    choice: choiceOf(flags),
    ground: () => groundOf(flags.bundle),
    look: machineReader(cluster.facts),
    ...(saved && remainder && { earlier: { header: saved.header, kept: remainder.kept, former: remainder.former } }),
  });
  const reports = await writeReports(directory);
  const reasons = whyNotWhole(record).map((reason) => `not whole: ${reason}`);
  progress.note([`${record.verdict}:`, ...reasons, ...reports].join("\n  "));
  if (format !== "human") process.stdout.write(await reportText(directory, format));
  return exitCodeOf(record);
}

/** Plays a suite against the running cluster of a bundle and saves the run. */
export function runCommand(flags: RunFlags): Promise<ExitCode> {
  return carryOut(flags, null);
}

/** Goes on with a saved run: what is there and was played to its end is not played again. `said`: what a person said again. */
export async function resumeCommand(resumption: Resumption, said: Partial<RunFlags>): Promise<ExitCode> {
  return carryOut(resumedFlags(await readRun(resumption.resume), said, resumption.resume), resumption);
}
