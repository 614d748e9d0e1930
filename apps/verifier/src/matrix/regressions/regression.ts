import type { Scenario, Stage } from "../../run/scenario.ts";
import { judge, type Sighting } from "../probe.ts";

/** Tag of the scenarios that are here for one hole only. */
export const REGRESSION = "regression";

/** A hole that was found once, by a run of ours or in the field, and the scenario that would find it again. */
export interface Regression {
  /** Named after its source: `patroni-3703`, `pgbouncer-452`, or `own-…` where a run of ours found it. The file has the same name. */
  readonly id: string;
  /** Where it was told: `patroni#3703`; where a run of ours found it, the commit that closed it. The first one names it. */
  readonly sources: readonly [string, ...string[]];
  /** What happened, in a sentence or two. */
  readonly hole: string;
  /** What keeps it closed: without that, the scenario fails. */
  readonly closedBy: string;
  /** What brings it back: a scenario of its own, or the id of one that the matrix has anyway. */
  readonly broughtBackBy: Scenario | string;
}

/** A hole that is brought back by a few steps, on a cluster that nobody else uses. */
interface Steps extends Pick<Scenario, "id" | "title" | "rows" | "limit" | "unavailable"> {
  /** What is claimed, in one sentence. */
  readonly text: string;
  /** Takes the steps, and says what was wrong then. What it leaves behind it has to undo, or to hand to `onEnd` beforehand. */
  readonly look: (stage: Stage) => Promise<Sighting>;
}

/**
 * The scenario of a regression that takes a few steps. What is to be seen by clients under load is a fault's row instead:
 * `faultScenario` makes a scenario of it.
 */
export function stepsScenario({ text, look, ...steps }: Steps): Scenario {
  const claim = { id: `${steps.id}-closed`, text };
  return {
    ...steps,
    tags: [REGRESSION],
    suites: ["full", "soak"],
    claims: [claim],
    play: async (stage) => {
      stage.phase("steps");
      return { checks: [judge(claim, await look(stage))] };
    },
  };
}
