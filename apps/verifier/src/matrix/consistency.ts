import type { CheckRequest } from "../checks/catalogue.ts";
import { pause } from "../cluster/pause.ts";
import type { Claim, Scenario, Stage } from "../run/scenario.ts";
import { monotonicNow } from "../history/clock.ts";
import { STALENESS_BOUNDS } from "../workload/staleness-bound.ts";
import { DEADLINE, loadClaims, startLoad } from "./load.ts";

const ID = "consistency";
/** Seconds of use. */
const LASTING = 20;
/** Of the writes into the set, which have to be acknowledged in time. */
const SHARE = 0.99;

const AVAILABLE: Claim = { id: `${ID}-availability`, text: "More than 99 % of the writes are acknowledged within a second." };
const ACKNOWLEDGED: Claim = { id: `${ID}-acknowledgement`, text: "Only one primary acknowledges writes." };
const PRIMARY: Claim = { id: `${ID}-role`, text: "There is one primary at a time." };

async function play(stage: Stage) {
  const nothing = { stale: null, deposed: null };
  const load = await startLoad(stage, { id: ID, stalenessBound: STALENESS_BOUNDS.steady(), limits: nothing });
  stage.phase("steady");
  await load.writesReturn(0, 15);
  const from = monotonicNow();
  await pause(1000 * LASTING, stage.ended);
  const window = { from, to: monotonicNow(), name: `${LASTING} s without a fault` };
  stage.phase("final reads");
  const { history, series, requests } = await load.finish();
  const endpoints = [...load.endpoints, load.pinned];
  const more: CheckRequest[] = [
    { check: "acknowledgement-overlap", claim: ACKNOWLEDGED.id, limit: null, facts: { endpoints } },
    { check: "role-overlap", claim: PRIMARY.id, limit: null, facts: null },
    ...load.populations.map((population): CheckRequest => {
      return { check: "availability", claim: AVAILABLE.id, limit: null, facts: { population, window, deadline: DEADLINE, share: SHARE } };
    }),
  ];
  return { checks: [], history, series, requests: [...requests, ...more] };
}

/** Clients of every kind at once, on a cluster that nobody hurts. */
export const consistency: Scenario = {
  id: ID,
  title: "Clients of every kind at once, and no fault",
  rows: ["A5", "A8", "A18", "D3"],
  tags: ["consistency"],
  suites: ["smoke", "full", "soak"],
  claims: [...loadClaims(ID, null), ACKNOWLEDGED, PRIMARY, AVAILABLE],
  limit: 60 + LASTING + 120,
  play,
};
