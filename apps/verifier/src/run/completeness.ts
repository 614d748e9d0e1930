import { mergeVerdicts, type Verdict } from "../history/verdict.ts";
import type { RanOn, RunRecord, ScenarioRecord } from "./record.ts";

/** Name under which an earlier attempt of a scenario is kept: its record and its files. */
export function formerId(scenario: string, attempt: number): string {
  return `${scenario}.before-${attempt}`;
}

/** The scenario that an earlier attempt was of. */
export function attemptOf({ id }: ScenarioRecord): string {
  return id.replace(/\.before-\d+$/, "");
}

/** Whether two scenarios ran on the same sources; what git did not tell is never the same. */
function ranOnSameTree(a: ScenarioRecord, b: ScenarioRecord | undefined): boolean {
  return a.ranOn?.tree != null && a.ranOn.tree === b?.ranOn?.tree;
}

/**
 * The worst of what was played; `unknown` when nothing was. An attempt that failed is not undone by a later one on the same
 * tree: something there fails sometimes.
 */
export function verdictOf({ scenarios, former = [] }: Pick<RunRecord, "scenarios" | "former">): Verdict {
  const played = scenarios.filter(({ skipped }) => skipped === null);
  const failed = former.filter((attempt) => {
    const later = scenarios.find(({ id }) => id === attemptOf(attempt));
    return attempt.verdict === "fail" && (later === undefined || ranOnSameTree(attempt, later));
  });
  return mergeVerdicts([...played, ...failed].map(({ verdict }) => verdict));
}

/** A commit as people write it, and whether the sources were another's. */
export function sourcesOf({ commit, tree, changed }: RanOn): string {
  if (commit === null) return "sources that git does not know";
  return changed ? `commit ${commit.slice(0, 12)} with changes (tree ${(tree ?? "").slice(0, 12)})` : `commit ${commit.slice(0, 12)}`;
}

/** What of the ground has to be the same for all of a run, what tells two apart, and how one is called. */
const GROUNDS: readonly {
  readonly what: string;
  readonly of: (ranOn: RanOn) => string;
  readonly name: (ranOn: RanOn) => string;
}[] = [
  { what: "trees", of: ({ tree }) => tree ?? "unknown", name: sourcesOf },
  { what: "generations of the bundle", of: ({ generation }) => generation, name: ({ generation }) => generation },
];

const NOT_RECORDED = "sources that were not recorded";

/** Where a run's scenarios differ in what they ran on. */
function mixtures(scenarios: readonly ScenarioRecord[]): string[] {
  const played = scenarios.filter(({ skipped }) => skipped === null);
  return GROUNDS.flatMap(({ what, of, name }) => {
    const groups = [...Map.groupBy(played, ({ ranOn }) => (ranOn ? of(ranOn) : NOT_RECORDED)).values()];
    const told = groups.map((members) => `${members.length} on ${members[0]?.ranOn ? name(members[0].ranOn) : NOT_RECORDED}`);
    return groups.length < 2 ? [] : [`it ran on ${groups.length} ${what}: ${told.join(", ")}`];
  });
}

/** Ids are named up to here, then counted. */
const NAMED = 5;

function missing({ header, scenarios }: RunRecord): string[] {
  const played = new Set(scenarios.filter(({ skipped, interrupted }) => skipped === null && interrupted !== true).map(({ id }) => id));
  const absent = (header.planned ?? []).filter((id) => !played.has(id));
  if (absent.length === 0) return [];
  const names = absent.length > NAMED ? `${absent.slice(0, NAMED).join(", ")}, …` : absent.join(", ");
  return [`${absent.length} of ${header.planned?.length} plays are missing: ${names}`];
}

/** Without git nobody can say that two parts of a run are of the same sources. */
function unknownSources({ header, scenarios }: RunRecord): string[] {
  const isUnknown = scenarios.some(({ ranOn, skipped }) => skipped === null && ranOn?.tree === null);
  return isUnknown && (header.parts ?? []).length > 1 ? ["git does not tell whether its parts ran on the same sources"] : [];
}

/**
 * Why a run is not a whole: plays that are missing, several trees, several generations of the bundle. Sentences without a
 * full stop; empty where it is whole. A shard is a whole by itself: of its own plays.
 */
export function whyNotWhole(record: RunRecord): readonly string[] {
  if (record.header.parts === undefined) return ["it was saved by a version that did not record what it ran on"];
  return [...missing(record), ...mixtures(record.scenarios), ...unknownSources(record)];
}
