import { expect, test } from "vitest";
import { historyOf, primary, type Told } from "../fixtures/tell.ts";
import { type CheckRequest, runChecks } from "./catalogue.ts";

const answer = (sent: number, node: string): Told => ({
  f: "ask-role",
  key: node,
  value: null,
  sent,
  answered: sent + 0.1,
  server: primary(node),
});
const twoPrimaries = historyOf([answer(0, "node1"), answer(3, "node1"), answer(1, "node2"), answer(4, "node2")]);

const roles = (limit: string | null): CheckRequest => ({ check: "role-overlap", claim: "one primary", facts: null, limit });
const bank: CheckRequest = { check: "bank", claim: "constant total", facts: { key: "accounts", accounts: 2, total: 20 }, limit: null };

test("each claim has its own result, in the order of the requests", () => {
  expect(runChecks(twoPrimaries, [bank, roles(null)])).toMatchObject([
    { claim: "constant total", verdict: "unknown" },
    { claim: "one primary", verdict: "fail" },
  ]);
});

test("a limit that was declared excuses what was found, and everything is still shown", () => {
  const [found] = runChecks(twoPrimaries, [roles(null)]);
  const [excused] = runChecks(twoPrimaries, [roles("no watchdog")]);
  expect(excused).toEqual({ ...found, verdict: "pass", limit: "no watchdog" });
});

test("a limit is not mentioned where nothing had to be excused, and excuses nothing that is unknown", () => {
  const [good] = runChecks(historyOf([answer(0, "node1"), answer(3, "node1")]), [roles("no watchdog")]);
  expect(good).toMatchObject({ verdict: "pass", limit: null });
  expect(runChecks([], [roles("no watchdog")])).toMatchObject([{ verdict: "unknown", limit: null }]);
});

test("a history that is none proves nothing, and says why", () => {
  const broken = twoPrimaries.slice(1);
  const [result] = runChecks(broken, [roles(null)]);
  expect(result).toMatchObject({ claim: "one primary", verdict: "unknown", evidence: {}, anomalies: [] });
  expect(result?.reason).toMatch(/is answered what it has not asked/);
});

test("a check that throws is unknown, and stops no other", () => {
  const wrong = { ...bank, facts: null } as unknown as CheckRequest;
  const [thrown, other] = runChecks(twoPrimaries, [wrong, roles(null)]);
  expect(thrown).toMatchObject({ claim: "constant total", verdict: "unknown" });
  expect(other).toMatchObject({ verdict: "fail" });
});

test("a request and its result survive being saved", () => {
  const requests = [bank, roles("no watchdog")];
  const saved = JSON.parse(JSON.stringify(requests)) as readonly CheckRequest[];
  const results = runChecks(twoPrimaries, saved);
  expect(results).toEqual(runChecks(twoPrimaries, requests));
  expect(JSON.parse(JSON.stringify(results))).toEqual(results);
});
