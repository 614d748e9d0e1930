import { expect, test } from "vitest";
import { judge } from "./probe.ts";

const claim = { id: "etcd-healthy", text: "every member is healthy" };

test("nothing wrong with what was looked at is a pass, and the evidence says how much it was", () => {
  expect(judge(claim, { wrong: [], evidence: { members: 3 } })).toMatchObject({
    verdict: "pass",
    reason: null,
    evidence: { members: 3, wrong: 0 },
  });
});

test("a look at nothing proves nothing", () => {
  expect(judge(claim, { wrong: [], evidence: { members: 0 } }).verdict).toBe("unknown");
  expect(judge(claim, { wrong: [], evidence: {} }).verdict).toBe("unknown");
});

test("anything wrong is a failure, and each is told", () => {
  const result = judge(claim, { wrong: ["etcd1 has no leader", "etcd2 has no leader"], evidence: { members: 3 } });
  expect(result).toMatchObject({ verdict: "fail", reason: "etcd1 has no leader" });
  expect(result.anomalies.map(({ message }) => message)).toEqual(["etcd1 has no leader", "etcd2 has no leader"]);
});
