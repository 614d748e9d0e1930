import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type Case, fileOf } from "../fixtures/case.ts";
import { CASES } from "../fixtures/cases.ts";
import { historyOf } from "../fixtures/tell.ts";
import { formatEvent, parseHistory } from "../history/ndjson.ts";
import { CHECK_NAMES, type CheckRequest, runChecks } from "./catalogue.ts";
import type { CheckResult } from "./result.ts";

const FOLDER = path.join(import.meta.dirname, "../fixtures/histories");

const requestOf = ({ request }: Case) => ({ ...request, claim: "the claim", limit: null }) as CheckRequest;

async function judgedFile(found: Case): Promise<CheckResult | undefined> {
  const { events } = parseHistory(await readFile(path.join(FOLDER, fileOf(found)), "utf8"));
  return runChecks(events, [requestOf(found)])[0];
}

describe.each(CASES.map((found) => [fileOf(found), found] as const))("%s", (file, found) => {
  test("is the history that was told", async () => {
    await expect(historyOf(found.told).map(formatEvent).join("")).toMatchFileSnapshot(path.join(FOLDER, file));
  });

  test(`is judged ${found.verdict}`, async () => {
    const result = await judgedFile(found);
    const kinds = new Set(result?.anomalies.map(({ kind }) => kind));
    expect({ verdict: result?.verdict, kinds: [...kinds] }).toEqual({ verdict: found.verdict, kinds: found.kinds ?? [] });
    expect(result?.reason === null).toBe(found.verdict === "pass");
  });

  test("has every event that its anomalies name", async () => {
    const result = await judgedFile(found);
    const { length } = historyOf(found.told);
    for (const { events } of result?.anomalies ?? []) {
      expect(events.length).toBeGreaterThan(0);
      expect(events.every((event) => event >= 0 && event < length)).toBe(true);
    }
  });
});

test.each(CHECK_NAMES)("%s has a history that it passes and one that it does not", (name) => {
  const verdicts = CASES.filter(({ request }) => request.check === name).map(({ verdict }) => verdict);
  expect(verdicts).toContain("pass");
  expect(verdicts.some((verdict) => verdict !== "pass")).toBe(true);
});

test.each(CHECK_NAMES)("%s proves nothing from an empty history", (name) => {
  const some = CASES.find(({ request }) => request.check === name);
  expect(some && runChecks([], [requestOf(some)])).toMatchObject([{ verdict: "unknown" }]);
});
