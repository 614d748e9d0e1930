import path from "node:path";
import type { RunChoice, RunRecord } from "../run/record.ts";
import { SUITES } from "../run/scenario.ts";
import type { RunFlags } from "./run-flags.ts";

/** What is compared between what a person says now and what the run is: everything that decides it. */
const COMPARED = ["bundle", "suite", "only", "tag", "repeat", "for", "seed", "rate", "threads", "duration", "shard"] as const;

function same(name: (typeof COMPARED)[number], a: unknown, b: unknown): boolean {
  if (name === "bundle") return path.resolve(String(a)) === path.resolve(String(b));
  return JSON.stringify(a) === JSON.stringify(b);
}

function choiceIn({ header: { choice } }: RunRecord, folder: string): RunChoice {
  if (choice === undefined) throw new Error(`${folder} was saved by a version that did not keep what was asked for: run it anew`);
  if (choice.for !== undefined || (choice.suite === "soak" && choice.repeat === undefined && choice.only.length === 0))
    throw new Error(`${folder} is of a run that only time ends: nothing of it is missing. Start another one`);
  return choice;
}

/**
 * The flags with which a saved run goes on: those that it was started with. What a person says again must be the same.
 * @throws Error where it is not, with both; and for a run that has no plan to go on with
 */
export function resumedFlags(saved: RunRecord, said: Partial<RunFlags>, folder: string): RunFlags {
  const choice = choiceIn(saved, folder);
  const suite = SUITES.find((name) => name === choice.suite);
  if (suite === undefined) throw new Error(`${folder} is of the suite ${choice.suite}, which there is no more`);
  const { seed } = saved.header;
  const was = { ...choice, suite, seed };
  for (const name of COMPARED) {
    if (name in said && !same(name, said[name], was[name]))
      throw new Error(
        `--${name} is ${JSON.stringify(said[name])} now, and ${JSON.stringify(was[name] ?? "not given")} in ${folder}: a run goes on as it began. Leave it out, or start another run`,
      );
  }
  return { ...was, bundle: said.bundle ?? choice.bundle, report: folder, format: said.format ?? "human" };
}
