import { chooseScenarios } from "../matrix/scenarios.ts";
import { chancesOf, seedFor } from "../run/chance.ts";
import { expectedTime, idsIn, type Round, roundsAmong, roundsOf, soakRounds, usualSeconds } from "../run/rounds.ts";
import type { Scenario } from "../run/scenario.ts";
import { formatShard, shardOf } from "../run/shards.ts";
import { durationOf, type RunFlags } from "./run-flags.ts";

/** What a run consists of where it is not time that ends it, before anybody knows what this machine can do. */
function plannedRounds(flags: RunFlags, scenarios: readonly Scenario[]): readonly Round[] {
  const { suite, only, repeat = null, shard } = flags;
  const rounds = roundsOf(scenarios, { suite, only, repeat });
  return shard === undefined ? rounds : shardOf(rounds, shard, { duration: durationOf(flags) });
}

/** The scenarios that a person chose. */
export function chosenScenarios({ suite, only, tag }: RunFlags): readonly Scenario[] {
  return chooseScenarios({ suite, only: idsIn(only), tags: tag });
}

/** What is played, in its order. */
interface Plan {
  readonly scenarios: readonly Scenario[];
  /** Ids of the records of the whole, of what can be played; absent where only time ends it. */
  readonly planned?: (able: readonly Scenario[]) => readonly string[];
  readonly rounds: (able: readonly Scenario[]) => Iterable<Round>;
}

/** Tells a person what is going to be played. */
export type Tell = (takes: string) => void;

/** As many rounds as fit into a time, in an order of chance. */
export function planForTime(flags: RunFlags, scenarios: readonly Scenario[], time: number, tell: Tell): Plan {
  const chances = chancesOf(seedFor(flags.seed, "soak"));
  const end = performance.now() + time * 1000;
  const fits = (round: Round) => performance.now() + usualSeconds(round, { duration: durationOf(flags) }) * 1000 <= end;
  return {
    scenarios,
    rounds: (able) => {
      tell(`${able.length} scenarios in an order of chance, for ${time} s`);
      return soakRounds(able, () => chances.next().value, fits);
    },
  };
}

/** The rounds of a suite, or of a shard of it, but for those that are there. */
export function planOfSuite(flags: RunFlags, scenarios: readonly Scenario[], kept: ReadonlySet<string>, tell: Tell): Plan {
  const all = plannedRounds(flags, scenarios);
  const mine = new Set(idsIn(all.map(({ scenario: { id } }) => id)));
  return {
    scenarios: scenarios.filter(({ id }) => mine.has(id)),
    planned: (able) => roundsAmong(all, able).map(({ scenario: { id } }) => id),
    rounds: (able) => {
      const rounds = roundsAmong(all, able).filter(({ scenario: { id } }) => !kept.has(id));
      const there = kept.size === 0 ? "" : `${kept.size} plays are there, `;
      const shard = flags.shard === undefined ? "" : `shard ${formatShard(flags.shard)}, `;
      tell(`${shard}${there}${rounds.length} plays, ${expectedTime(rounds, { duration: durationOf(flags) })}`);
      return rounds;
    },
  };
}
