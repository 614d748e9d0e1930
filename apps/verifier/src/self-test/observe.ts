import { setTimeout as delay } from "node:timers/promises";
import { type CheckResult, unknownResult } from "../checks/result.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { probeNamed, scenarioNamed } from "../matrix/scenarios.ts";
import { DISTURBING } from "../matrix/reactions.ts";
import { tryProbe } from "../matrix/probe.ts";
import { chancesOf } from "../run/chance.ts";
import { type Direction, play } from "../run/play.ts";
import type { RunOptions } from "../run/scenario.ts";
import type { Mutant } from "./mutant.ts";

/** What looks at a cluster. */
export type Finder = Pick<Mutant, "finder" | "claim">;

/** How it is looked at. */
export type Looking = Pick<Direction, "options" | "progress" | "interrupted">;

/** What the clients of a scenario do; the seed is always the same: two runs differ in the bundle alone. */
export const OPTIONS: RunOptions = { seed: 1, rate: 50, threads: 8, duration: 30 };

/** Milliseconds between two looks at what a daemon may still be taking over. */
const PAUSE = 2000;
const LOOKS = 3;

async function playFor(cluster: Cluster, { finder, claim }: Finder, looking: Looking): Promise<CheckResult> {
  const scenario = scenarioNamed(finder);
  const chances = chancesOf(looking.options.seed);
  const direction = { ...looking, cluster, chance: () => chances.next().value, keepFor: () => () => undefined, again: () => "" };
  const { record } = await play({ scenario, number: 1 }, direction);
  const found = record.checks.filter((check) => check.claim === claim);
  const worst = found.find(({ verdict }) => verdict === "fail") ?? found.find(({ verdict }) => verdict === "unknown") ?? found[0];
  return worst ?? unknownResult(claim, "nothing was checked");
}

/**
 * What a finder says of a cluster about its claim. One that only looks looks again unless it sees the same twice: a daemon
 * may still have been taking a file over. Never throws.
 */
export async function observe(cluster: Cluster, found: Finder, looking: Looking): Promise<CheckResult> {
  const probe = probeNamed(found.claim);
  if (probe === undefined) return playFor(cluster, found, looking);
  const looks = scenarioNamed(found.finder).tags.includes(DISTURBING) ? 1 : LOOKS;
  let last = await tryProbe(probe, cluster, looking.options);
  for (let look = 1; look < looks; look++) {
    looking.interrupted.throwIfAborted();
    await delay(PAUSE);
    const next = await tryProbe(probe, cluster, looking.options);
    if (next.verdict === last.verdict) return next;
    last = next;
  }
  return last;
}
