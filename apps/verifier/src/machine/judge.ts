import type { CheckRequest } from "../checks/catalogue.ts";
import type { CheckResult } from "../checks/result.ts";
import { percent, takenBy } from "./tell.ts";
import type { MachineRecord } from "./saturation.ts";

/** Of the time that a claim is about, the share that others have to have used the machine up for it to say nothing. */
const SHARE = 0.1;

/** Seconds. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A check of a service level: how often, how fast, how long. What it finds may be the machine's doing. */
interface ServiceLevel {
  /** When the claim is about, on the history's clock in nanoseconds. */
  readonly from: number;
  readonly to: number;
  /** Whether everything that it found is what a slow machine does. */
  readonly isSlowness: boolean;
}

/**
 * What of a request is about a service level; `null`: it is about safety, and no load excuses it. An outage that was shorter
 * than predicted, and a write that was acknowledged where none may be, are no slowness either.
 */
function serviceLevelOf(request: CheckRequest, { evidence, anomalies }: CheckResult): ServiceLevel | null {
  switch (request.check) {
    case "availability":
      return { from: request.facts.window.from, to: request.facts.window.to, isSlowness: true };
    case "recovery":
      return { from: request.facts.injection.from, to: Infinity, isSlowness: true };
    case "prediction": {
      const gap = evidence["gap seconds"] ?? null;
      const isLong = gap === null || gap > request.facts.predicted[1];
      return { from: request.facts.injection.from, to: Infinity, isSlowness: isLong };
    }
    case "stopped":
      return { from: request.facts.healing.from, to: Infinity, isSlowness: anomalies.every(({ kind }) => kind === "late return") };
    case "set":
    case "register":
    case "bank":
    case "list-append":
    case "acknowledgement-overlap":
    case "role-overlap":
    case "staleness":
    case "monotonic-reads":
    case "own-writes":
    case "refusals":
    case "withdrawal":
      return null;
  }
}

/** Seconds of a stretch in which others had used the machine up. */
function saturatedWithin({ saturated }: MachineRecord, { from, to }: Stretch): number {
  return saturated.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0);
}

function judgedOn(machine: MachineRecord, origin: number, request: CheckRequest, result: CheckResult): CheckResult {
  if (result.verdict === "pass") return result;
  const level = serviceLevelOf(request, result);
  if (level === null || !level.isSlowness) return result;
  const end = Math.max(0, ...machine.saturated.map(({ to }) => to), machine.seconds);
  const stretch = { from: Math.max(0, (level.from - origin) / 1e9), to: Math.min(end, (level.to - origin) / 1e9) };
  const seconds = saturatedWithin(machine, stretch);
  if (seconds === 0 || seconds < SHARE * (stretch.to - stretch.from)) return result;
  const share = percent(seconds / (stretch.to - stretch.from));
  const reason = `the machine was saturated by others for ${share} of that time (${takenBy(machine)}); what was seen: ${result.reason ?? result.verdict}`;
  return { ...result, verdict: "unknown", reason, evidence: { ...result.evidence, "saturated by others seconds": seconds } };
}

/**
 * Takes back what was found about service levels while others had used the machine up: it says nothing about the cluster, so it
 * is unknown, with that reason. What passes, passes; what is about safety stays as it is; on a quiet machine all of it does.
 * `results` stand in the order of their requests. `origin`: the scenario's start on the history's clock, in nanoseconds.
 */
export function judgeOnMachine(
  results: readonly CheckResult[],
  requests: readonly CheckRequest[],
  machine: MachineRecord | null,
  origin: number,
): readonly CheckResult[] {
  if (machine === null) return results;
  return results.map((result, at) => {
    const request = requests[at];
    return request ? judgedOn(machine, origin, request, result) : result;
  });
}
