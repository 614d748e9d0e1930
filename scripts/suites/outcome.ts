/** What a suite came to, in tests. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The counters of vitest's JSON report. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

/**
 * Judges one run of vitest. A run that broke before its first test, wrote no report or found nothing to run counts as one
 * failure: silence is not success.
 */
export function outcomeOf(report: Report | undefined, exitCode: number | null): Outcome {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests } = report;
  const isBroken = exitCode !== 0 || passed + numFailedTests === 0;
  return { passed, failed: numFailedTests === 0 && isBroken ? 1 : numFailedTests, skipped: numPendingTests + numTodoTests };
}

export function sumOf(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce(
    (sum, { passed, failed, skipped }) => ({ passed: sum.passed + passed, failed: sum.failed + failed, skipped: sum.skipped + skipped }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** Such as `12 passed, 0 failed`, with `, 1 skipped` where there is one. */
export function formatOutcome({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
