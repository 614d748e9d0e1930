import { verdictOf } from "./completeness.ts";
import type { RunHeader, RunRecord, ScenarioRecord } from "./record.ts";
import { formatShard } from "./shards.ts";

/** What has to be the same for shards to be of one run. */
function identityOf({ seed, choice, cluster }: RunHeader): Readonly<Record<string, unknown>> {
  if (choice === undefined) return {};
  const { suite, only, tag, repeat, rate, threads, duration, shard } = choice;
  const { example, replication, timings, versions } = cluster;
  return { seed, suite, only, tag, repeat, rate, threads, duration, shards: shard?.of, example, replication, timings, versions };
}

function differences(first: RunHeader, other: RunHeader): string[] {
  const [a, b] = [identityOf(first), identityOf(other)];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names
    .filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .map((name) => `${name}: ${JSON.stringify(a[name])} and ${JSON.stringify(b[name])}`);
}

/** Why runs are not the shards of one; empty where they are. */
function whyNotOneRun(runs: readonly RunRecord[]): readonly string[] {
  const [first] = runs;
  if (!first) return ["there is no run"];
  const whole = runs.filter(({ header }) => header.choice?.shard === undefined).map(({ header }) => `${header.id} is no shard`);
  const apart = runs.slice(1).flatMap(({ header }) => differences(first.header, header));
  const numbers = runs.flatMap(({ header }) => (header.choice?.shard ? [formatShard(header.choice.shard)] : []));
  const twice = [...new Set(numbers.filter((number, at) => numbers.indexOf(number) !== at))].map(
    (number) => `shard ${number} is there twice`,
  );
  return [...whole, ...new Set(apart), ...twice];
}

/** A scenario that no shard could play is told of once. */
function skippedOnce(scenarios: readonly ScenarioRecord[]): ScenarioRecord[] {
  const told = new Set<string>();
  return scenarios.filter(({ id, skipped }) => {
    if (skipped === null) return true;
    const isNew = !told.has(`${id}: ${skipped}`);
    told.add(`${id}: ${skipped}`);
    return isNew;
  });
}

function absentShards(runs: readonly RunRecord[]): string[] {
  const of = runs[0]?.header.choice?.shard?.of ?? 0;
  const there = new Set(runs.map(({ header }) => header.choice?.shard?.number));
  return Array.from({ length: of }, (_, before) => before + 1)
    .filter((number) => !there.has(number))
    .map((number) => formatShard({ number, of }));
}

/** A mark among the planned ids for a shard that is not there: nobody knows what it would have played. */
function absentMark(shard: string): string {
  return `all of shard ${shard}`;
}

/**
 * One run of its shards, in whatever order they are given. What a shard lacks, or a shard that is not there, is missing in the
 * whole as well. `command`: what runs all of it again.
 * @throws Error where the runs are not shards of one run
 */
export function mergeRuns(runs: readonly RunRecord[], command: string): RunRecord {
  const reasons = whyNotOneRun(runs);
  const [first, ...rest] = runs.toSorted((a, b) => (a.header.choice?.shard?.number ?? 0) - (b.header.choice?.shard?.number ?? 0));
  if (reasons.length > 0 || !first) throw new Error(`these are not the shards of one run: ${reasons.join("; ")}`);
  const all = [first, ...rest];
  const headers = all.map(({ header }) => header);
  const cuts = headers.flatMap(({ cutShort, choice }) =>
    cutShort === undefined || !choice?.shard ? [] : `${formatShard(choice.shard)}: ${cutShort}`,
  );
  const { cutShort: _cut, choice: firstChoice, ...header } = first.header;
  const { shard: _shard, ...choice } = firstChoice ?? ({} as NonNullable<typeof firstChoice>);
  const former = all.flatMap((run) => run.former ?? []);
  const found = { scenarios: skippedOnce(all.flatMap(({ scenarios }) => scenarios)), ...(former.length > 0 && { former }) };
  return {
    format: 1,
    header: {
      ...header,
      started: headers.map(({ started }) => started).toSorted()[0] ?? header.started,
      seconds: headers.reduce((sum, { seconds }) => sum + seconds, 0),
      command,
      choice,
      planned: [...headers.flatMap(({ planned = [] }) => planned), ...absentShards(all).map(absentMark)],
      parts: headers.flatMap(({ parts = [] }) => parts),
      ...(cuts.length > 0 && { cutShort: cuts.join("; ") }),
    },
    ...found,
    verdict: verdictOf(found),
    untested: first.untested,
  };
}
