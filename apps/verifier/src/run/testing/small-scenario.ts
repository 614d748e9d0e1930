import type { Progress } from "../progress.ts";
import type { Scenario } from "../scenario.ts";

/** A scenario that claims one thing, `<id>-holds`, and finds that it does; unless it is said otherwise. */
export function smallScenario(id: string, more: Partial<Scenario> = {}): Scenario {
  const claim = { id: `${id}-holds`, text: "It holds." };
  const pass = { claim: claim.id, verdict: "pass", reason: null, limit: null, evidence: {}, anomalies: [] } as const;
  return {
    id,
    title: id,
    tags: [],
    rows: ["D3"],
    claims: [claim],
    suites: ["smoke", "full", "soak"],
    limit: 60,
    play: async () => ({ checks: [pass] }),
    ...more,
  };
}

/** Tells nobody. */
export const SILENT: Progress = { phase: () => undefined, figure: () => undefined, ended: () => undefined, note: () => undefined };

/** What whoever starts a run chooses, where it does not matter. */
export const OPTIONS = { seed: 1, rate: 1, threads: 1, duration: 1 } as const;
