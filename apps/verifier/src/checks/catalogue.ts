import type { Event } from "../history/event.ts";
import { type Operation, operationsOf } from "../history/operation.ts";
import { checkAcknowledgements } from "./acknowledgement-overlap.ts";
import { checkAvailability } from "./availability.ts";
import { checkBank } from "./bank.ts";
import { checkListAppend } from "./list-append/check.ts";
import { checkPrediction, checkRecovery } from "./recovery.ts";
import { checkRefusals } from "./refusals.ts";
import { checkRegister } from "./register.ts";
import type { CheckResult } from "./result.ts";
import { checkRoles } from "./role-overlap.ts";
import { checkMonotonicReads, checkOwnWrites } from "./sessions.ts";
import { checkSet } from "./set.ts";
import { checkStaleness } from "./staleness.ts";
import { checkStopped } from "./stopped.ts";
import { checkWithdrawal } from "./withdrawal.ts";
import { reasonOf } from "../reason.ts";

/** Every check, by its name. */
const CHECKS = {
  set: checkSet,
  register: checkRegister,
  bank: checkBank,
  "list-append": checkListAppend,
  "acknowledgement-overlap": checkAcknowledgements,
  "role-overlap": checkRoles,
  staleness: checkStaleness,
  "monotonic-reads": checkMonotonicReads,
  "own-writes": checkOwnWrites,
  refusals: checkRefusals,
  withdrawal: checkWithdrawal,
  recovery: checkRecovery,
  prediction: checkPrediction,
  availability: checkAvailability,
  stopped: checkStopped,
} as const;

type CheckName = keyof typeof CHECKS;

export const CHECK_NAMES = Object.keys(CHECKS) as readonly CheckName[];

type FactsOf<Name extends CheckName> = Parameters<(typeof CHECKS)[Name]> extends [unknown, unknown, infer Facts] ? Facts : null;

interface RequestOf<Name extends CheckName> {
  readonly check: Name;
  /** Id of the claim. */
  readonly claim: string;
  /** What the check has to know that is not in the history. */
  readonly facts: FactsOf<Name>;
  /** A known limit, declared before the run, that excuses what may be found; `null`: nothing is excused. */
  readonly limit: string | null;
}

/** One claim to be checked: plain data, saved with the run, so that it can be checked again. */
export type CheckRequest = { readonly [Name in CheckName]: RequestOf<Name> }[CheckName];

type Check = (claim: string, operations: readonly Operation[], facts: unknown) => CheckResult;

/** A limit excuses what was found, never what could not be told. */
function excused(result: CheckResult, limit: string | null): CheckResult {
  return limit !== null && result.verdict === "fail" ? { ...result, verdict: "pass", limit } : result;
}

/** Runs an analysis of which the failure says nothing about the cluster. */
function judged({ claim, check, facts, limit }: CheckRequest, operations: () => readonly Operation[]): CheckResult {
  try {
    return excused((CHECKS[check] as Check)(claim, operations(), facts), limit);
  } catch (error) {
    const reason = reasonOf(error);
    return { claim, verdict: "unknown", reason, limit: null, evidence: {}, anomalies: [] };
  }
}

/** What each check says about a history, in the order of the requests. A check that throws is `unknown`, with its reason. */
export function runChecks(history: readonly Event[], requests: readonly CheckRequest[]): readonly CheckResult[] {
  let operations: readonly Operation[] | null = null;
  return requests.map((request) => judged(request, () => (operations ??= operationsOf(history))));
}
