import type { CheckRequest } from "../../checks/catalogue.ts";
import type { Population, Window } from "../../checks/population.ts";
import type { BundleFacts } from "../../cluster/bundle.ts";
import type { Claim } from "../../run/scenario.ts";
import { STALENESS_BOUNDS } from "../../workload/staleness-bound.ts";
import { readableServices } from "../../workload/ways.ts";
import { disturbanceOf, type Ordeal, predictionOf } from "./ordeal.ts";
import { readRequests, stopRequests } from "./stop-requests.ts";

const CLAIMS = {
  acknowledgement: "Two primaries never both acknowledge a write.",
  role: "There is one primary at a time.",
  prediction: "Writes are interrupted for as long as was predicted.",
  withdrawal: "The replica leaves the read-only services in time, and stays away until it is healed.",
  stop: "Writes end in time, none is acknowledged from then until the healing, and they return in time.",
  deposed: "Whoever was cut off acknowledges nothing that is sent later than was predicted.",
  reads: "Reads go on at the read-only services while writes are stopped, but for the change of servers.",
  recovery: "Service returns in full.",
  answered: "No write fails, or no more of them than declared.",
} as const;

/** What each is about, over all faults. */
const PROPERTIES: Readonly<Record<keyof typeof CLAIMS, string>> = {
  acknowledgement: "one primary acknowledges",
  role: "one primary by role",
  prediction: "outage as predicted",
  withdrawal: "stale replica withdrawn",
  stop: "refused, never split",
  deposed: "refused, never split",
  reads: "reads go on",
  recovery: "full service again",
  answered: "nothing failed",
};

/** What is claimed of an ordeal besides what clients are promised, by kind. */
export function claimsOf({ fault, predicted, withdraws, stops, readsGoOn, answered }: Ordeal): Record<string, Claim> {
  const claim = (kind: keyof typeof CLAIMS, name: string = kind): Claim => ({
    id: `${fault.id}-${name}`,
    text: CLAIMS[kind],
    property: PROPERTIES[kind],
  });
  return {
    acknowledgement: claim("acknowledgement"),
    role: claim("role"),
    ...(predicted === null ? {} : { prediction: claim("prediction") }),
    ...(withdraws ? { withdrawal: claim("withdrawal") } : {}),
    ...(stops ? { stop: claim(stops.whose === "target" ? "deposed" : "stop", "stop") } : {}),
    ...(readsGoOn ? { reads: claim("reads") } : {}),
    recovery: claim("recovery"),
    ...(answered ? { answered: claim("answered") } : {}),
  };
}

/** What was done while the fault lasted, as far as checks have to know it. */
interface Course {
  /** Who wrote into the set. */
  readonly populations: readonly Population[];
  /** Every service that was written through, or tried to. */
  readonly endpoints: readonly string[];
  /** The node that one client stayed with. */
  readonly pinned: string;
  /** Names of the members that the fault was done to. */
  readonly targets: readonly string[];
  readonly injection: Window;
  readonly healing: Window;
  /** Seconds after which an answer is too late. */
  readonly deadline: number;
}

/** Whoever was cut off may serve for as long as it takes to find out, and not longer. */
function withdrawalRequests({ withdraws }: Ordeal, facts: BundleFacts, course: Course, claim: string): readonly CheckRequest[] {
  if (!withdraws) return [];
  const { targets, injection, healing } = course;
  const before = { from: 0, to: injection.from };
  const silence = { from: injection.to + STALENESS_BOUNDS.faulty(facts) * 1e9, to: healing.from };
  return targets.map((node) => {
    return { check: "withdrawal", claim, limit: null, facts: { node, endpoints: readableServices(facts), before, silence } };
  });
}

/** Seconds: longer than any outage, so that only what fails counts. */
const EVER = 600;

function windowAfter({ from, to }: Window, seconds: number) {
  return { from, to: to + seconds * 1e9, name: `from the fault until ${seconds} s later` };
}

/** What is to be checked in the history of an ordeal. */
export function requestsOf(ordeal: Ordeal, facts: BundleFacts, course: Course): CheckRequest[] {
  const { populations, endpoints, pinned, injection, deadline } = course;
  const claims = claimsOf(ordeal);
  const id = (kind: string) => claims[kind]?.id ?? "";
  const predicted = predictionOf(ordeal, facts);
  // Who is pinned to a frozen primary is refused only where a commit waits for somebody else.
  const pinnedLimit = facts.replication === "synchronous" ? null : (ordeal.roleLimit ?? null);
  const outage = (population: Population) => ({ population, injection, deadline });
  return [
    { check: "acknowledgement-overlap", claim: id("acknowledgement"), limit: null, facts: { endpoints } },
    { check: "acknowledgement-overlap", claim: id("acknowledgement"), limit: pinnedLimit, facts: { endpoints: [pinned] } },
    { check: "role-overlap", claim: id("role"), limit: ordeal.roleLimit ?? null, facts: null },
    ...(predicted
      ? populations.map((population): CheckRequest => ({
          check: "prediction",
          claim: id("prediction"),
          limit: null,
          facts: { ...outage(population), predicted },
        }))
      : []),
    ...stopRequests(ordeal, facts, course, id("stop")),
    ...readRequests(ordeal, facts, course, id("reads")),
    ...withdrawalRequests(ordeal, facts, course, id("withdrawal")),
    ...populations.map((population): CheckRequest => ({
      check: "recovery",
      claim: id("recovery"),
      limit: null,
      facts: { ...outage(population), injection: disturbanceOf(ordeal, facts, course) },
    })),
    ...(ordeal.answered ?? []).flatMap(({ seconds, share }) =>
      populations.map((population): CheckRequest => ({
        check: "availability",
        claim: id("answered"),
        limit: null,
        facts: { population, window: windowAfter(injection, seconds), deadline: EVER, share },
      })),
    ),
  ];
}
