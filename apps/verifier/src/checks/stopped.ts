import type { Operation } from "../history/operation.ts";
import { conclude, eventsOf } from "./conclude.ts";
import { nameOf, operationsIn, type Population, type Window } from "./population.ts";
import type { CheckResult } from "./result.ts";

export interface StoppedFacts {
  readonly population: Population;
  /** When the fault was injected, and when it was healed: each from the command's start to its return. */
  readonly injection: Window;
  readonly healing: Window;
  /** Seconds from the injection's end: what is sent later is not acknowledged before the healing. */
  readonly lastWithin: number;
  /** Seconds from the healing's end in which something is acknowledged again; `null`: none are promised. */
  readonly firstWithin: number | null;
  /** Whose acknowledgements must end: a node that was cut off, say, and not the one that took over; `null`: everybody's. */
  readonly node: string | null;
}

/** How far the return may be later than was predicted, in seconds. The stop has no tolerance: it is a promise of safety. */
const TOLERANCE = 1;

/** When acknowledgements ended, and when they came again. Nanoseconds; `null`: there were none. */
interface Stop {
  /** From the start of the injection to the last acknowledgement before the healing. */
  readonly last: number | null;
  /** From the start of the healing to the first acknowledgement after it. */
  readonly first: number | null;
}

type Told = Pick<StoppedFacts, "population" | "injection" | "healing" | "node">;

function acknowledgedIn(operations: readonly Operation[], { population, node }: Pick<Told, "population" | "node">): readonly Operation[] {
  const isMeant = ({ phase, server }: Operation) => phase === "ok" && (node === null || server?.node === node);
  return operationsIn(operations, population)
    .filter(isMeant)
    .toSorted((a, b) => a.completed - b.completed);
}

/** When one population was acknowledged last while a fault lasted, and when it was again. */
export function stopOf(operations: readonly Operation[], { population, injection, healing, node }: Told): Stop {
  const last = acknowledgedIn(operations, { population, node }).findLast(({ completed }) => completed < healing.from);
  // Whoever takes writes again need not be who stopped.
  const first = acknowledgedIn(operations, { population, node: null }).find(({ completed }) => completed >= healing.from);
  return { last: last ? last.completed - injection.from : null, first: first ? first.completed - healing.from : null };
}

/** Whether a fault stopped a population in time, kept it stopped until it was healed, and let it go on in time. */
export function checkStopped(claim: string, operations: readonly Operation[], facts: StoppedFacts): CheckResult {
  const { population, injection, healing, lastWithin, firstWithin } = facts;
  const name = nameOf(population);
  const deadline = injection.to + lastWithin * 1e9;
  const acknowledged = acknowledgedIn(operations, facts);
  const early = acknowledged.filter(({ completed }) => completed <= injection.from);
  const late = acknowledged.filter(({ invoked, completed }) => invoked > deadline && completed < healing.from);
  const tried = operationsIn(operations, population).filter(({ invoked }) => invoked > deadline && invoked < healing.from);
  const { last, first } = stopOf(operations, facts);
  const [returned] = acknowledgedIn(operations, { population, node: null }).filter(({ completed }) => completed >= healing.from);
  const after = returned ? (returned.completed - healing.to) / 1e9 : null;
  const overdue = firstWithin !== null && after !== null && after > firstWithin + TOLERANCE;
  const since = (moment: number) => ((moment - injection.to) / 1e9).toFixed(2);
  const anomalies = [
    ...late.map((operation) => ({
      kind: "acknowledged while stopped",
      message: `${name}: sent ${since(operation.invoked)} s after the fault and acknowledged, not refused from ${lastWithin} s on`,
      events: eventsOf(operation),
    })),
    ...(overdue
      ? [
          {
            kind: "late return",
            message: `${name}: back after ${after.toFixed(2)} s, not within ${firstWithin} s`,
            events: eventsOf(returned),
          },
        ]
      : []),
  ];
  const missing = [
    ...(early.length > 0 ? [] : [`${name} was not acknowledged before the fault`]),
    ...(tried.length > 0 ? [] : [`${name}: nothing was sent while it had to be stopped`]),
    ...(firstWithin === null || returned ? [] : [`${name} was not acknowledged after the healing`]),
  ];
  const evidence = {
    "sent while stopped": tried.length,
    "acknowledged while stopped": late.length,
    "last write after seconds": last === null ? null : last / 1e9,
    "first write after seconds": first === null ? null : first / 1e9,
  };
  return conclude({ claim, evidence, anomalies, missing });
}
