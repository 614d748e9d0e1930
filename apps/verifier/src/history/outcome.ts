import type { Outcome, Place } from "./event.ts";

/**
 * Answers to COMMIT that say for certain that nothing was committed: serialization failure, deadlock, and constraints
 * that are checked at the end.
 */
const REFUSED_AT_COMMIT = /^(40001|40P01|23...)$/;

/**
 * What an error says about an operation: `fail`, it did not happen; `info`, it may have. Decided by the SQLSTATE and the
 * place, never by the text.
 */
export function outcomeOfError(where: Place, sqlstate: string | null): Outcome {
  if (where !== "commit") return "fail";
  return sqlstate !== null && REFUSED_AT_COMMIT.test(sqlstate) ? "fail" : "info";
}

/** Warning: the wait for the synchronous standby was cancelled. */
export const WAIT_CANCELLED = "01000";

/**
 * What an answer to COMMIT says. A transaction that had failed answers with the tag ROLLBACK. After a
 * cancelled wait for the synchronous standby the row is visible, and lost with its node.
 */
export function outcomeOfCommit(tag: string, warnings: readonly string[]): Outcome {
  if (tag !== "COMMIT") return "fail";
  return warnings.includes(WAIT_CANCELLED) ? "info" : "ok";
}
