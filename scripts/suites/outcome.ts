/** What a suite came to, in tests. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What is used of vitest's JSON report. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    /** Path of the test file. */
    readonly name: string;
    /** Why the file did not load; empty where it did. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
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

/** Lines of a failure that are repeated in the summary: the message, not the stack. */
const MESSAGE_LINES = 6;

/** A paragraph for each test that failed: its file, its name and how its message begins. */
export function failuresOf(report: Report | undefined): string[] {
  return (report?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === "failed");
    const failures = failed.map(({ fullName, failureMessages }) => paragraphOf(`${name} > ${fullName}`, failureMessages?.[0] ?? ""));
    return message === "" ? failures : [paragraphOf(name, message), ...failures];
  });
}

function paragraphOf(title: string, message: string): string {
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  return [title, ...lines.slice(0, MESSAGE_LINES).map((line) => `    ${line}`)].join("\n");
}

/** Such as `12 passed, 0 failed`, with `, 1 skipped` where there is one. */
export function formatOutcome({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
