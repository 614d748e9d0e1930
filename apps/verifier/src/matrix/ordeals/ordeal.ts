import type { Window } from "../../checks/population.ts";
import type { BundleFacts } from "../../cluster/bundle.ts";
import type { Fault } from "../../faults/fault.ts";
import type { RequirementId } from "../../requirements/requirements.ts";
import type { Suite } from "../../run/scenario.ts";
import type { Probe } from "../probe.ts";
import type { Proof } from "./proof.ts";

/** `by themselves`: writes return although nobody heals. A number: it is healed after so many seconds. */
type Return = "by themselves" | number;

/** Seconds as such, or the name of an outage in the bundle's promises: its longest. */
type Bound = number | string;

/** Writes have to end by themselves, and stay ended: unavailable, never split. */
interface Stop {
  /** From the injection to the last write that may be acknowledged. */
  readonly last: Bound;
  /** From the healing to the first one that has to be; `null` where nothing is predicted. */
  readonly first: Bound | null;
  /** `everybody`, or only the member that the fault was done to: another one takes over meanwhile. */
  readonly whose: "everybody" | "target";
  /** Name of the outage that is predicted where the topology lets writes go on all the same. */
  readonly unless?: string;
}

/** Of what is meant to be sent in a time, more than a share is answered, however late. */
interface Answered {
  readonly seconds: number;
  readonly share: number;
}

/** A fault, and what is expected of the cluster: declared before anything is done to it. */
export interface Ordeal {
  readonly fault: Fault;
  readonly rows: readonly RequirementId[];
  readonly suites: readonly Suite[];
  /** Tags besides `fault`: `loss` for what costs acknowledged writes where replication is asynchronous. */
  readonly tags?: readonly string[];
  /** Name of the outage in the bundle's promises; `null` where none is predicted. */
  readonly predicted: string | null;
  /** It stands for what is predicted, and is played as often as a range takes. */
  readonly measured?: true;
  /** How writes return, where it depends on the cluster as a function of its facts. */
  readonly writesReturn: Return | ((facts: BundleFacts) => Return);
  /** Seconds that the injection itself may take, where it is work of minutes. */
  readonly injection?: number;
  /** Seconds for writes to return, from the injection or the healing. */
  readonly within: number;
  /** What share of the writes has to be answered, and in how many seconds from the fault on. */
  readonly answered?: readonly Answered[];
  /** A known limit that excuses two primaries by role. */
  readonly roleLimit?: string;
  /** A known limit that excuses reads which are staler than their bound. */
  readonly staleLimit?: string;
  /** The member that it is done to leaves the read-only services until it is healed. */
  readonly withdraws?: boolean;
  readonly stops?: Stop;
  /** Reads on the read-only services go on while writes are stopped. */
  readonly readsGoOn?: boolean;
  /** What has to be seen while the fault is in force. */
  readonly probe?: Probe;
  /** A known limit that it shows and that excuses nothing: what is expected already allows for it. */
  readonly limit?: string;
  /** What else is to be seen afterwards. */
  readonly proofs?: readonly Proof[];
}

/** Limits that are declared before it is played. */
export function limitsOf({ roleLimit, staleLimit, limit }: Ordeal): string[] {
  return [roleLimit, staleLimit, limit].filter((text) => text !== undefined);
}

/** The last tier of the read-only services, declared with whatever leaves nothing better. */
export const BOUND_WAIVED =
  "With neither primary nor streaming replica whoever still answers serves reads: the bound of staleness is waived.";

/** Tag of what costs acknowledged writes where commits wait for nobody. */
export const LOSS = "loss";
const LOST_IS_MISSED =
  "With asynchronous replication, until there is a new primary whoever still answers serves reads without what the old one acknowledged last.";

/** What excuses reads that are staler than their bound, on this cluster; `null`: nothing. */
export function staleLimitOf({ staleLimit, tags }: Ordeal, { replication }: BundleFacts): string | null {
  if (staleLimit !== undefined) return staleLimit;
  return replication === "asynchronous" && tags?.includes(LOSS) ? LOST_IS_MISSED : null;
}

/** Suites of what does not belong to the part that every change gets. */
export const LONG: readonly Suite[] = ["full", "soak"];
export const EVERYWHERE: readonly Suite[] = ["smoke", "full", "soak"];

/** What the bundle predicts of it; `null` where it has no bound, or no prediction. */
export function predictionOf({ predicted }: Ordeal, facts: BundleFacts): readonly [number, number] | null {
  return predicted === null ? null : (facts.predictions.get(predicted) ?? null);
}

function intervalOf(bound: Bound, facts: BundleFacts): readonly [number, number] {
  const interval = typeof bound === "number" ? ([0, bound] as const) : facts.predictions.get(bound);
  if (!interval) throw new Error(`the bundle predicts no ${bound}`);
  return interval;
}

/** Seconds until a fault has been noticed by whoever has to act: writes may go on for so long, and stop only then. */
export function noticedWithin({ stops }: Ordeal, facts: BundleFacts): number {
  return stops ? intervalOf(stops.last, facts)[1] : 0;
}

/** When clients may begin to notice: what has to be healed may stop writes a while after the fault, and lets them go on after the healing. */
export function disturbanceOf(
  ordeal: Ordeal,
  facts: BundleFacts,
  { injection, healing }: { readonly injection: Window; readonly healing: Window },
): Window {
  const isHealed = ordeal.writesReturn !== "by themselves";
  return { from: injection.from, to: isHealed ? healing.to : injection.to + noticedWithin(ordeal, facts) * 1e9 };
}

/** When writes end and return, in seconds from the injection and from the healing. */
interface ExpectedStop {
  readonly last: readonly [number, number];
  readonly first: readonly [number, number] | null;
}

/** How an ordeal stops writes; the outage that is predicted instead, where the topology lets them go on; `null`: neither is claimed. */
export function stopOrOutage({ stops }: Ordeal, facts: BundleFacts): ExpectedStop | { readonly outage: readonly [number, number] } | null {
  if (!stops) return null;
  const outage = stops.unless === undefined ? undefined : facts.predictions.get(stops.unless);
  if (outage) return { outage };
  return { last: intervalOf(stops.last, facts), first: stops.first === null ? null : intervalOf(stops.first, facts) };
}

/** How writes return to this cluster. */
export function returnOf({ writesReturn }: Ordeal, facts: BundleFacts): Return {
  return typeof writesReturn === "function" ? writesReturn(facts) : writesReturn;
}

/** Seconds that a fault lasts at most where that depends on the cluster, for the limit of a scenario. */
const LONGEST_FAULT = 120;
/** The same, for the estimate of how long a run takes. */
const USUAL_FAULT = 20;

/** Seconds until it is healed, at most, whatever the cluster. */
export function longestFault({ writesReturn }: Ordeal): number {
  if (typeof writesReturn === "function") return LONGEST_FAULT;
  return writesReturn === "by themselves" ? 0 : writesReturn;
}

/** Seconds until it is healed, as a rule. */
export function usualFault({ writesReturn }: Ordeal): number {
  if (typeof writesReturn === "function") return USUAL_FAULT;
  return writesReturn === "by themselves" ? 0 : writesReturn;
}
