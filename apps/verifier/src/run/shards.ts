import type { Shard } from "./record.ts";
import { type Round, usualSeconds } from "./rounds.ts";
import type { RunOptions } from "./scenario.ts";

/** `2/3`. */
export function formatShard({ number, of }: Shard): string {
  return `${number}/${of}`;
}

/** A shard from what a person writes, such as `2/3`; `undefined` where it is none. */
export function parseShard(text: string): Shard | undefined {
  const [, number, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  return shard.number <= shard.of ? shard : undefined;
}

/**
 * The rounds of one shard, in their order. Every round is in exactly one shard, and the shards take about the same time: the
 * longest round goes first, each to the shard that has the least to do. It depends on nothing but the rounds, so that machines
 * that never hear of each other split them alike.
 * @throws Error where there are fewer rounds than shards
 */
export function shardOf(rounds: readonly Round[], { number, of }: Shard, options: Pick<RunOptions, "duration">): readonly Round[] {
  if (rounds.length < of) throw new Error(`${rounds.length} plays cannot be split into ${of} shards: ask for ${rounds.length} at most`);
  const shards = Array.from({ length: of }, () => ({ seconds: 0, rounds: new Set<Round>() }));
  const longestFirst = rounds.map((round) => ({ round, seconds: usualSeconds(round, options) })).toSorted((a, b) => b.seconds - a.seconds);
  for (const { round, seconds } of longestFirst) {
    const least = shards.reduce((found, shard) => (shard.seconds < found.seconds ? shard : found));
    least.seconds += seconds;
    least.rounds.add(round);
  }
  const mine = shards[number - 1]?.rounds ?? new Set<Round>();
  return rounds.filter((round) => mine.has(round));
}
