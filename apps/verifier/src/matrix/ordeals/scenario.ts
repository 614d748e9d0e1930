import { pause } from "../../cluster/pause.ts";
import type { Arrangement } from "../../faults/fault.ts";
import { operationsOf } from "../../history/operation.ts";
import { measurementsOf } from "../../run/measure.ts";
import type { Scenario, Stage } from "../../run/scenario.ts";
import { monotonicNow } from "../../history/clock.ts";
import { STALENESS_BOUNDS } from "../../workload/staleness-bound.ts";
import { DEADLINE, loadClaims, startLoad } from "../load.ts";
import { tryProbe } from "../probe.ts";
import { claimsOf, requestsOf } from "./expectations.ts";
import {
  disturbanceOf,
  limitsOf,
  longestFault,
  noticedWithin,
  type Ordeal,
  predictionOf,
  returnOf,
  staleLimitOf,
  usualFault,
} from "./ordeal.ts";
import { proofClaims, prove } from "./proof.ts";
import { stopMeasurements } from "./stop-measurements.ts";

/**
 * Seconds of use before a fault, so that there is something to compare with; and the most after it, for full service to be seen:
 * where memory was devoured, half a minute was not enough once.
 */
const STEADY = 8;
const AFTERWARDS = 60;

/** Seconds for an arrangement and its removal. */
const ARRANGING = 300;

/** A further round repeats what depends on chance: it needs no more use before and after than its outage is measured by. */
const FURTHER = { steady: 4, afterwards: 15 } as const;

/** How often what stands for a prediction is played: a range takes more than one measurement. */
const MEASURED_TIMES = { full: 5, soak: 9 } as const;

/**
 * What an outage usually takes of the time that it may; seconds until service was seen in full; and for everything around it: final
 * reads, a whole cluster. Measured on two processors.
 */
const OF_WHAT_IS_ALLOWED = 0.15;
const FULL_SERVICE = 12;
const AROUND = 10;

function usualSeconds(ordeal: Ordeal, round: number): number {
  const { steady } = useOf(round);
  return (
    steady + (ordeal.injection ?? 0) * OF_WHAT_IS_ALLOWED + usualFault(ordeal) + ordeal.within * OF_WHAT_IS_ALLOWED + FULL_SERVICE + AROUND
  );
}

function useOf(round: number): { readonly steady: number; readonly afterwards: number } {
  return round === 1 ? { steady: STEADY, afterwards: AFTERWARDS } : FURTHER;
}

async function arrange({ make, remove }: Arrangement, { cluster, phase, onEnd }: Stage): Promise<void> {
  phase("arrangement");
  onEnd("what the fault takes", remove);
  await make(cluster);
}

async function endure(ordeal: Ordeal, stage: Stage) {
  const { cluster, phase, onEnd, chance } = stage;
  const { steady, afterwards } = useOf(stage.round);
  const { fault } = ordeal;
  const { facts } = cluster;
  const told = cluster.commands.length;
  if (fault.arrangement) await arrange(fault.arrangement, stage);
  const limits = { stale: staleLimitOf(ordeal, facts), deposed: ordeal.roleLimit ?? null };
  const load = await startLoad(stage, { id: fault.id, stalenessBound: STALENESS_BOUNDS.faulty(facts), limits });

  phase("steady");
  await load.writesReturn(0, 15);
  // Outages depend on where in its round Patroni is.
  await pause(1000 * (steady + chance() * facts.timings.loopWait), cluster.ended);

  phase("fault");
  const targets = await fault.targets(cluster);
  onEnd(fault.title, (healer) => fault.heal(healer, targets));
  const since = new Date();
  const injection = { from: monotonicNow(), to: 0 };
  await fault.inject(cluster, targets);
  injection.to = monotonicNow();
  const byHand = cluster.commands.slice(told).join("\n");
  let from = injection.to;
  const healing = { from: Infinity, to: Infinity };
  const heal = async () => {
    const start = monotonicNow();
    await fault.heal(cluster, targets);
    // It may be healed again later: the first time counts.
    if (healing.from === Infinity) Object.assign(healing, { from: start, to: monotonicNow() });
    return start;
  };
  const returning = returnOf(ordeal, facts);
  if (returning === "by themselves") {
    const unnoticed = noticedWithin(ordeal, facts);
    await pause(1000 * unnoticed, cluster.ended);
    from += unnoticed * 1e9;
  } else {
    await pause(1000 * returning, cluster.ended);
    phase("healing");
    from = await heal();
  }
  await load.writesReturn(from, ordeal.within);
  const checks = ordeal.probe ? [await tryProbe(ordeal.probe, cluster, stage.options)] : [];
  phase("recovery");
  await load.serviceReturns(disturbanceOf(ordeal, facts, { injection, healing }), afterwards);
  phase("return");
  await heal();
  const { history, series, requests } = await load.finish();
  const { populations, endpoints, pinned } = load;
  const operations = operationsOf(history);
  checks.push(...(await prove(fault.id, ordeal.proofs ?? [], { cluster, targets, operations, injection, since })));
  const course = { populations, endpoints, pinned, targets: targets.map(({ name }) => name), injection, healing, deadline: DEADLINE };
  return {
    history,
    series,
    requests: [...requests, ...requestsOf(ordeal, facts, course)],
    measurements: [
      ...measurementsOf(operations, populations, {
        injection: disturbanceOf(ordeal, facts, course),
        deadline: DEADLINE,
        what: ordeal.predicted ?? fault.id,
        predicted: predictionOf(ordeal, facts),
      }),
      ...stopMeasurements(ordeal, facts, operations, course),
    ],
    checks,
    injection,
    targets,
    byHand,
  };
}

/** A fault while the cluster is used in every way, and what clients saw of it. */
export function faultScenario(ordeal: Ordeal): Scenario {
  const { fault, rows, suites, within } = ordeal;
  return {
    id: fault.id,
    title: fault.title,
    rows,
    suites,
    tags: ["fault", ...(ordeal.tags ?? [])],
    ...(ordeal.measured ? { times: MEASURED_TIMES } : {}),
    usual: ({ round }) => usualSeconds(ordeal, round),
    claims: [
      ...loadClaims(fault.id, null),
      ...Object.values(claimsOf(ordeal)),
      ...(ordeal.probe ? [{ id: ordeal.probe.id, text: ordeal.probe.text }] : []),
      ...proofClaims(fault.id, ordeal.proofs),
    ],
    limit: 60 + STEADY + (ordeal.injection ?? 0) + longestFault(ordeal) + within + AFTERWARDS + 240 + (fault.arrangement ? ARRANGING : 0),
    unavailable: async (facts, cluster) => fault.available(facts) ?? (await fault.lacking?.(cluster)) ?? null,
    play: async (stage) => {
      const { injection, targets, byHand, ...found } = await endure(ordeal, stage);
      const seconds = (moment: number) => (moment - stage.origin) / 1e9;
      return {
        ...found,
        fault: {
          name: fault.title,
          targets: targets.map(({ name }) => name),
          byHand,
          from: seconds(injection.from),
          to: seconds(injection.to),
        },
        limits: limitsOf(ordeal),
      };
    },
  };
}
