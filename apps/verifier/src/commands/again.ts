import { formatShard } from "../run/shards.ts";
import { DEFAULTS, type RunFlags } from "./run-flags.ts";

/** A word as a shell reads it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function option(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`--${name}`, shellWord(String(value))];
}

/** What decides how a scenario is played, besides its seed; left out where it is what it is by itself. */
function tuning({ rate, threads, duration }: RunFlags): string[] {
  return [
    ...(rate === DEFAULTS.rate ? [] : option("rate", rate)),
    ...(threads === DEFAULTS.threads ? [] : option("threads", threads)),
    ...option("duration", duration),
  ];
}

/** What runs all of it again, with the seed that was drawn. */
export function commandOf(flags: RunFlags): string {
  const words = [
    "verifier run",
    ...option("bundle", flags.bundle),
    ...option("suite", flags.suite),
    ...option("seed", flags.seed),
    ...flags.only.flatMap((id) => option("only", id)),
    ...flags.tag.flatMap((tag) => option("tag", tag)),
    ...option("repeat", flags.repeat),
    ...option("for", flags.for === undefined ? undefined : `${flags.for}s`),
    ...option("shard", flags.shard && formatShard(flags.shard)),
    ...tuning(flags),
  ];
  return words.join(" ");
}

/** What plays one scenario of it again, at the same moments of chance: `scenario` is the id of its record. */
export function againOf(flags: RunFlags, scenario: string): string {
  const { bundle, seed, suite } = flags;
  // The suite only decides how often, and how long the load lasts.
  const words = ["verifier run", ...option("bundle", bundle), ...option("suite", suite), ...option("only", scenario)];
  return [...words, ...option("seed", seed), ...(/\.\d+$/.test(scenario) ? [] : ["--repeat 1"]), ...tuning(flags)].join(" ");
}
