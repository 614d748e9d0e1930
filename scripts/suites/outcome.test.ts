import { expect, test } from "vitest";
import { failuresOf, formatOutcome, outcomeOf, type Report, sumOf } from "./outcome.ts";

const green: Report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };
const empty: Report = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 2, numTodoTests: 0, testResults: [] };

test.each<[string, Report | undefined, number | null, string]>([
  ["a green run is its passed tests", green, 0, "3 passed, 0 failed, 2 skipped"],
  ["failed tests are counted", { ...green, numFailedTests: 2 }, 1, "3 passed, 2 failed, 2 skipped"],
  ["a file that does not load is a failure", green, 1, "3 passed, 1 failed, 2 skipped"],
  ["a run that was killed is a failure", green, null, "3 passed, 1 failed, 2 skipped"],
  ["a run of skipped tests only is a failure", empty, 0, "0 passed, 1 failed, 2 skipped"],
  ["a run without a report is a failure", undefined, 0, "0 passed, 1 failed"],
])("%s", (_, report, exitCode, line) => {
  expect(formatOutcome(outcomeOf(report, exitCode))).toBe(line);
});

test("the sum counts every suite", () => {
  expect(sumOf([outcomeOf(green, 0), outcomeOf(undefined, 1)])).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test("a failed test is named with the beginning of its message, and so is a file that did not load", () => {
  const failed = {
    fullName: "one is two",
    status: "failed",
    failureMessages: ["AssertionError: expected 1 to be 2\n\n    at one.test.ts:3:1"],
  };
  const report: Report = {
    ...green,
    testResults: [
      { name: "one.test.ts", message: "", assertionResults: [{ fullName: "one is one", status: "passed" }, failed] },
      { name: "two.test.ts", message: "Cannot find module", assertionResults: [] },
    ],
  };
  expect(failuresOf(report)).toEqual([
    "one.test.ts > one is two\n    AssertionError: expected 1 to be 2\n        at one.test.ts:3:1",
    "two.test.ts\n    Cannot find module",
  ]);
});

test("a run without a report has no failed test to name", () => {
  expect(failuresOf(undefined)).toEqual([]);
});
