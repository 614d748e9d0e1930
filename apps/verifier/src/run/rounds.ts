import { shuffled } from "./chance.ts";
import type { RunOptions, Scenario, Suite } from "./scenario.ts";

/** One play of a scenario. */
export interface Round {
  /** Under the name that its record has: `switchover`, or `switchover.2` where it is played more than once. */
  readonly scenario: Scenario;
  /** Which one it is, from 1. */
  readonly number: number;
}

export interface Rounds {
  readonly suite: Suite;
  /** Scenarios by their ids, or single rounds of them: `kill-primary.3`; empty: what the suite has. */
  readonly only: readonly string[];
  /** How often each is played; `null`: as often as the suite says. */
  readonly repeat: number | null;
}

function numbered(scenario: Scenario, number: number): Round {
  return { scenario: { ...scenario, id: `${scenario.id}.${number}` }, number };
}

/** The scenario that a name is about, and the round of it: `null` where it names all of them. */
function partsOf(name: string): { readonly id: string; readonly number: number | null } {
  const [, id = name, number] = /^(.+)\.([1-9]\d*)$/.exec(name) ?? [];
  return { id, number: number === undefined ? null : Number(number) };
}

/** Ids of the scenarios that names are about, each once. */
export function idsIn(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => partsOf(name).id))];
}

/** Those rounds that are of some scenarios. */
export function roundsAmong(rounds: readonly Round[], scenarios: readonly Scenario[]): readonly Round[] {
  const ids = new Set(scenarios.map(({ id }) => id));
  return rounds.filter(({ scenario }) => ids.has(partsOf(scenario.id).id));
}

/** How often a suite plays a scenario. */
export function timesIn(suite: Suite, { times }: Scenario): number {
  return times?.[suite] ?? 1;
}

function roundsOfOne(scenario: Scenario, { suite, only, repeat }: Rounds): Round[] {
  const exact = only.map(partsOf).flatMap(({ id, number }) => (id === scenario.id && number !== null ? [number] : []));
  if (exact.length > 0) return exact.map((number) => numbered(scenario, number));
  const times = repeat ?? timesIn(suite, scenario);
  return times === 1 ? [{ scenario, number: 1 }] : Array.from({ length: times }, (_, before) => numbered(scenario, before + 1));
}

/** Everything once, in its order; then what is played again: a run that is cut short has seen the most. */
export function roundsOf(scenarios: readonly Scenario[], rounds: Rounds): Round[] {
  const lists = scenarios.map((scenario) => roundsOfOne(scenario, rounds));
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * Scenarios in an order of chance, each as often as a soak plays it, then each once, again and again, for as long as one
 * fits into the time that is left.
 */
export function* soakRounds(scenarios: readonly Scenario[], chance: () => number, fits: (round: Round) => boolean): Generator<Round, void> {
  const played = new Map<string, number>();
  const nextOf = (scenario: Scenario) => numbered(scenario, (played.get(scenario.id) ?? 0) + 1);
  const often = scenarios.flatMap((scenario) => Array<Scenario>(timesIn("soak", scenario)).fill(scenario));
  for (let deck = often; ; deck = [...scenarios]) {
    const before = sumOf(played);
    for (const scenario of shuffled(deck, chance)) {
      const round = nextOf(scenario);
      if (!fits(round)) continue;
      played.set(scenario.id, round.number);
      yield round;
    }
    if (sumOf(played) === before) return;
  }
}

/** Seconds that a scenario takes where it does not say it: less than it may by far. */
const OF_ITS_LIMIT = 1 / 9;

/** Seconds that a round usually takes. */
export function usualSeconds({ scenario, number }: Round, options: Pick<RunOptions, "duration">): number {
  return scenario.usual?.({ duration: options.duration, round: number }) ?? scenario.limit * OF_ITS_LIMIT;
}

/** How long rounds will take, for people: `~40 s`, `~70 min`. */
export function expectedTime(rounds: readonly Round[], options: Pick<RunOptions, "duration">): string {
  const seconds = rounds.reduce((sum, round) => sum + usualSeconds(round, options), 0);
  return seconds < 90 ? `~${Math.ceil(seconds)} s` : `~${Math.ceil(seconds / 60)} min`;
}
