import { type Operation, only } from "../history/operation.ts";
import { conclude, eventsOf } from "./conclude.ts";
import { quantileEvidence } from "./quantiles.ts";
import type { Anomaly, CheckResult } from "./result.ts";
import { beatsOf, sightsOf } from "./staleness.ts";

export interface SessionFacts {
  /** The table of heartbeats. */
  readonly key: string;
  /** Services whose sessions are looked at. */
  readonly endpoints: readonly string[];
}

type Sight = ReturnType<typeof sightsOf>[number];

/** Reads that one session answered, one after the other. A session ends with whatever is not answered `ok`. */
function sessionsOf(operations: readonly Operation[], facts: SessionFacts): readonly (readonly Sight[])[] {
  const sights = new Set<Operation>(sightsOf(operations, facts.key, facts.endpoints));
  const sessions: Sight[][] = [];
  const open = new Map<number, Sight[]>();
  for (const read of only(operations, "read-beat")) {
    if (!sights.has(read) || read.session === "per-operation") {
      open.delete(read.process);
      continue;
    }
    const session = open.get(read.process) ?? [];
    if (session.push(read as Sight) === 1) sessions.push(session);
    open.set(read.process, session);
  }
  return sessions;
}

function setbacks(session: readonly Sight[]): readonly Anomaly[] {
  return session.slice(1).flatMap((read, position) => {
    const before = session[position];
    if (!before || read.result.beat >= before.result.beat) return [];
    const message = `process ${read.process} saw heartbeat ${before.result.beat}, and then only ${read.result.beat}`;
    return [{ kind: "going back in time", message, events: eventsOf(before, read) }];
  });
}

/** Whether no session ever saw an older state than it had seen before. */
export function checkMonotonicReads(claim: string, operations: readonly Operation[], facts: SessionFacts): CheckResult {
  const sessions = sessionsOf(operations, facts);
  const long = sessions.filter(({ length }) => length > 1);
  const missing = long.length > 0 ? [] : [`no session through ${facts.endpoints.join(", ")} read twice`];
  const evidence = { sessions: long.length, reads: long.reduce((sum, { length }) => sum + length, 0) };
  return conclude({ claim, evidence, anomalies: long.flatMap(setbacks), missing });
}

/** A heartbeat, the first answer that has it, and the nanoseconds between: 0 where that came before the acknowledgement. */
interface FirstSight {
  readonly beat: Operation;
  readonly answer: Sight;
  readonly delay: number;
}

function firstSightsOf(operations: readonly Operation[], { key, endpoints }: SessionFacts): readonly FirstSight[] {
  const answers = sightsOf(operations, key, endpoints).toSorted((a, b) => a.completed - b.completed);
  let position = 0;
  return beatsOf(operations, key).flatMap((beat) => {
    while ((answers[position]?.result.beat ?? Infinity) < beat.value) position++;
    const answer = answers[position];
    return answer ? [{ beat, answer, delay: Math.max(0, answer.completed - beat.completed) }] : [];
  });
}

export interface OwnWritesFacts extends SessionFacts {
  /** Seconds after which whoever wrote must find it; `null`: measured, nothing is promised. */
  readonly bound: number | null;
}

/** How long a client that has written waits until a read through other services shows it. As fine as the reads are frequent. */
export function checkOwnWrites(claim: string, operations: readonly Operation[], facts: OwnWritesFacts): CheckResult {
  const sights = firstSightsOf(operations, facts);
  const limit = facts.bound === null ? Infinity : facts.bound * 1e9;
  const late = sights.filter(({ delay }) => delay > limit).toSorted((a, b) => b.delay - a.delay);
  const anomalies = late.map(({ beat, answer, delay }) => {
    const message = `a heartbeat could be read only ${(delay / 1e9).toFixed(3)} s after its acknowledgement, not within ${facts.bound} s`;
    return { kind: "late sight", message, events: eventsOf(beat, answer) };
  });
  const delays = sights.map(({ delay }) => delay);
  const missing = sights.length > 0 ? [] : ["no heartbeat that was acknowledged has been read"];
  return conclude({ claim, evidence: { heartbeats: sights.length, ...quantileEvidence("delay", delays) }, anomalies, missing });
}
