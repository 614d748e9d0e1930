import type { Outcome, Place } from "./history.ts";

/**
 * Answers to COMMIT that say for certain that nothing was committed: serialization failure, deadlock, and constraints
 * that are checked at the end.
 */
const REFUSED_AT_COMMIT = /^(40001|40P01|23...)$/;

/**
 * What an error says about an attempt: `fail`, it did not happen; `info`, it may have. Decided by the SQLSTATE and the
 * place, never by the text.
 */
export function outcomeOfError(where: Place, sqlstate: string | null): Outcome {
  if (where !== "commit") return "fail";
  return sqlstate !== null && REFUSED_AT_COMMIT.test(sqlstate) ? "fail" : "info";
}

/**
 * What an answer to COMMIT says. A transaction that had failed answers with the tag ROLLBACK. A warning 01000 tells that
 * the wait for the synchronous standby was cancelled: the row is visible, and lost with its node.
 */
export function outcomeOfCommit(tag: string, warnings: readonly string[]): Outcome {
  if (tag !== "COMMIT") return "fail";
  return warnings.includes("01000") ? "info" : "ok";
}
