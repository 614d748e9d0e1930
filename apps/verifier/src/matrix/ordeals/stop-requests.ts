import type { CheckRequest } from "../../checks/catalogue.ts";
import type { Population, Window } from "../../checks/population.ts";
import type { BundleFacts } from "../../cluster/bundle.ts";
import { readableServices } from "../../workload/ways.ts";
import { type Ordeal, stopOrOutage } from "./ordeal.ts";

/** What was done while the fault lasted, as far as it matters for what stops. */
interface StoppedCourse {
  /** Who wrote into the set. */
  readonly populations: readonly Population[];
  /** Names of the members that the fault was done to. */
  readonly targets: readonly string[];
  readonly injection: Window;
  readonly healing: Window;
  /** Seconds after which an answer is too late. */
  readonly deadline: number;
}

/** What is asked of the populations one by one, where writes have to stop. */
export function stopRequests(ordeal: Ordeal, facts: BundleFacts, course: StoppedCourse, claim: string): readonly CheckRequest[] {
  const expected = stopOrOutage(ordeal, facts);
  if (!expected) return [];
  const { populations, injection, healing, deadline, targets } = course;
  return populations.map((population): CheckRequest => {
    if ("outage" in expected) {
      return { check: "prediction", claim, limit: null, facts: { population, injection, deadline, predicted: expected.outage } };
    }
    const node = ordeal.stops?.whose === "target" ? (targets[0] ?? null) : null;
    const bounds = { lastWithin: expected.last[1], firstWithin: expected.first && expected.first[1] };
    return { check: "stopped", claim, limit: null, facts: { population, injection, healing, node, ...bounds } };
  });
}

/**
 * How long the read-only services may be silent in all, in seconds, while they change to the servers that are left: the old
 * primary shuts down before its check fails, and starts again as a standby. 3.4 s were measured; a generous bound.
 */
const CHANGE_OF_SERVERS = 10;
/** Seconds after which a read comes too late, a new connection included. */
const PATIENCE = 2;
/** Of what is read once the servers have changed. */
const SETTLED_SHARE = 0.95;

/** Reads are asked for twice: all the time, less the change of servers; and nearly all of them when that is over. */
export function readRequests(
  ordeal: Ordeal,
  facts: BundleFacts,
  { injection, healing }: StoppedCourse,
  claim: string,
): readonly CheckRequest[] {
  const expected = stopOrOutage(ordeal, facts);
  if (!ordeal.readsGoOn || !expected) return [];
  const stopped = "last" in expected ? expected.last[1] : 0;
  const all = { name: "from the fault to the healing", from: injection.to, to: healing.from };
  const settled = { name: "once the servers have changed", from: injection.to + (stopped + CHANGE_OF_SERVERS) * 1e9, to: healing.from };
  const silence = (CHANGE_OF_SERVERS * 1e9) / (all.to - all.from);
  const windows = [
    { window: all, share: Math.max(0, 1 - silence) },
    { window: settled, share: SETTLED_SHARE },
  ];
  return readableServices(facts).flatMap((endpoint) => {
    const population = { endpoint, session: "persistent", f: "read-beat" } as const;
    return windows.map((window): CheckRequest => ({
      check: "availability",
      claim,
      limit: null,
      facts: { population, deadline: PATIENCE, ...window },
    }));
  });
}
