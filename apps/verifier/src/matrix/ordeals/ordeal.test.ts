import { expect, test } from "vitest";
import type { BundleFacts } from "../../cluster/bundle.ts";
import { ORDEALS } from "./index.ts";
import { longestFault, LOSS, type Ordeal, returnOf, staleLimitOf } from "./ordeal.ts";

/** Timings of the presets, and ways to lay out nodes: who may be promoted. */
const CLUSTERS = [
  { ttl: 20, loopWait: 2, retryTimeout: 5 },
  { ttl: 30, loopWait: 10, retryTimeout: 10 },
].flatMap((timings) =>
  [[], ["node3"]].map((neverPromoted) => {
    const members = ["node1", "node2", "node3"].map((name) => ({ name, role: "postgresql" }));
    const replication = { mode: "synchronous", neverPromoted, neverSynchronous: neverPromoted };
    return { timings, members, promises: { replication } } as unknown as BundleFacts;
  }),
);

test.each(ORDEALS.map((ordeal) => [ordeal.fault.id, ordeal] as const))("%s is healed before its scenario would be ended", (_, ordeal) => {
  for (const facts of CLUSTERS) {
    const returning = returnOf(ordeal, facts);
    expect(returning === "by themselves" ? 0 : returning).toBeLessThanOrEqual(longestFault(ordeal));
  }
});

test("a standby that lacks acknowledged writes is waited for only where nobody else could take over", () => {
  const ordeal = ORDEALS.find(({ fault }) => fault.id === "kill-primary-past-standby");
  if (!ordeal) throw new Error("there is no such ordeal");
  const [everybody, notTheRemote] = CLUSTERS;
  expect(everybody && returnOf(ordeal, everybody)).toBe("by themselves");
  expect(notTheRemote && returnOf(ordeal, notTheRemote)).toBe(26);
});

test("only where commits wait for nobody, and only a fault that costs some, excuses reads that miss them", () => {
  const excused = (ordeal: Ordeal, replication: string) => staleLimitOf(ordeal, { replication } as unknown as BundleFacts) !== null;
  const plain = ORDEALS.filter(({ staleLimit }) => staleLimit === undefined);
  expect(plain.filter((ordeal) => excused(ordeal, "synchronous"))).toEqual([]);
  expect(plain.filter((ordeal) => excused(ordeal, "asynchronous"))).toEqual(plain.filter(({ tags }) => tags?.includes(LOSS)));
  expect(plain.some(({ tags }) => tags?.includes(LOSS))).toBe(true);
});
