import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ExitCode } from "../exit-code.ts";
import { humanProgress } from "../run/progress.ts";
import { MUTANTS } from "../self-test/mutants/index.ts";
import type { Mutant } from "../self-test/mutant.ts";
import { OPTIONS } from "../self-test/observe.ts";
import type { SelfTestRecord } from "../self-test/record.ts";
import { renderSelfTest, summaryLine } from "../self-test/render.ts";
import { selfTest } from "../self-test/self-test.ts";
import { interruption } from "./interruption.ts";

export const SELF_TEST_FORMATS = ["human", "json"] as const;

export interface SelfTestFlags {
  readonly bundle: string;
  readonly only: readonly string[];
  readonly report: string | undefined;
  readonly format: (typeof SELF_TEST_FORMATS)[number];
}

function chosen(only: readonly string[]): readonly Mutant[] {
  const unknown = only.filter((id) => !MUTANTS.some((mutant) => mutant.id === id));
  if (unknown.length > 0) throw new Error(`no mutant is called ${unknown.join(", ")}; there are ${MUTANTS.map(({ id }) => id).join(", ")}`);
  return only.length === 0 ? MUTANTS : MUTANTS.filter(({ id }) => only.includes(id));
}

/** 0: all are killed, but for those that cannot be made of this bundle. 1: one lives. 2: one could not be judged. */
export function exitCodeOf({ mutants, controls }: Pick<SelfTestRecord, "mutants" | "controls">): ExitCode {
  if (mutants.some(({ outcome }) => outcome === "alive")) return 1;
  const isJudged = mutants.some(({ outcome }) => outcome === "killed") && mutants.every(({ outcome }) => outcome !== "unknown");
  return isJudged && controls.every(({ holds }) => holds) ? 0 : 2;
}

/** Breaks copies of a bundle on purpose, and tells which of them the verifier does not notice. */
export async function selfTestCommand({ bundle, only, report, format }: SelfTestFlags): Promise<ExitCode> {
  const progress = humanProgress((text) => void process.stderr.write(text), process.stderr.isTTY);
  const record = await selfTest({ bundle, mutants: chosen(only), options: OPTIONS, progress, interrupted: interruption(progress.note) });
  if (report !== undefined) {
    await mkdir(report, { recursive: true });
    await writeFile(path.join(report, "self-test.json"), `${JSON.stringify(record, null, 2)}\n`);
    await writeFile(path.join(report, "self-test.md"), renderSelfTest(record));
  }
  process.stdout.write(format === "json" ? `${JSON.stringify(record, null, 2)}\n` : `${summaryLine(record)}\n`);
  return exitCodeOf(record);
}
