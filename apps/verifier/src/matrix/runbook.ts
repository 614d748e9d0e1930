import type { CheckRequest } from "../checks/catalogue.ts";
import type { BundleFacts } from "../cluster/bundle.ts";
import { readRunbook } from "../cluster/runbook.ts";
import { loseDatacenter } from "../faults/datacenters.ts";
import type { Measurement } from "../run/record.ts";
import type { Scenario, Stage } from "../run/scenario.ts";
import { monotonicNow } from "../history/clock.ts";
import { BOUND_WAIVED, LONG, type Ordeal } from "./ordeals/ordeal.ts";
import { faultScenario } from "./ordeals/scenario.ts";

/** The runbook is written for the reference's members: where they are. */
const WRITTEN_FOR = { etcd1: "dc1", etcd2: "dc1", etcd3: "dc2", node1: "dc1", node2: "dc1", node3: "dc2" } as const;

function written({ members }: BundleFacts): string | null {
  const missing = Object.entries(WRITTEN_FOR).filter(
    ([name, datacenter]) => !members.some((member) => member.name === name && member.datacenter === datacenter),
  );
  return missing.length === 0 ? null : `the runbook is written for ${missing.map(([name, at]) => `${name} in ${at}`).join(", ")}`;
}

/** Follows the runbook where its steps stopped last; gives the time that each took. */
type Follow = () => Promise<void>;

/** A datacenter that does not come back as it was: it is given up by hand, and returns empty. */
function ordealOf(follow: Follow): Ordeal {
  return {
    fault: {
      ...loseDatacenter,
      id: "runbook-lost-datacenter",
      title: "The primary's datacenter is lost, and the runbook is followed",
      available: (facts) => written(facts) ?? loseDatacenter.available(facts),
      heal: follow,
    },
    rows: ["A2", "A15", "D3"],
    suites: LONG,
    predicted: null,
    writesReturn: 20,
    // An operator's time, on a slow machine.
    within: 600,
    readsGoOn: true,
    staleLimit: BOUND_WAIVED,
    stops: { last: 0, first: null, whose: "everybody" },
  };
}

function follower({ cluster, phase }: Stage, measured: Measurement[]): Follow {
  let left: Awaited<ReturnType<typeof readRunbook>> | undefined;
  return async () => {
    left ??= await readRunbook("lost-datacenter");
    for (let [step] = left; step; [step] = left) {
      phase(step.name);
      const from = monotonicNow();
      await cluster.follow(step.lines);
      measured.push({
        what: "runbook-lost-datacenter",
        metric: `step ${step.name}`,
        seconds: (monotonicNow() - from) / 1e9,
        predicted: null,
        phases: [],
      });
      left = left.slice(1);
    }
  };
}

const GIVEN_UP =
  "What the lost datacenter had acknowledged and the other had not received is given up, by hand: what that was is measured.";
/** Whatever is wrong where acknowledged writes are gone. The rest holds all the same: above all that there never were two primaries. */
const SUFFER_FROM_LOSS: readonly CheckRequest["check"][] = ["register", "list-append", "monotonic-reads", "own-writes"];

/** Expects of a request no more than an asynchronous replica can give. */
function withLoss(request: CheckRequest): CheckRequest {
  if (request.check === "set") return { ...request, facts: { ...request.facts, promise: "loss is measured" } };
  return SUFFER_FROM_LOSS.includes(request.check) ? { ...request, limit: request.limit ?? GIVEN_UP } : request;
}

/** The blocks of the runbook, run as they are printed while clients write: a page that is wrong fails here. */
export const runbookScenario: Scenario = {
  ...faultScenario(ordealOf(async () => undefined)),
  play: async (stage) => {
    const measured: Measurement[] = [];
    const found = await faultScenario(ordealOf(follower(stage, measured))).play(stage);
    const limits = [...(found.limits ?? []), GIVEN_UP];
    return { ...found, limits, requests: (found.requests ?? []).map(withLoss), measurements: [...(found.measurements ?? []), ...measured] };
  },
};
