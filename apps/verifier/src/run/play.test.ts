import { beforeEach, describe, expect, test, vi } from "vitest";
import { fakeThreeNodes } from "../cluster/testing/fake-three-nodes.ts";
import { type Direction, play } from "./play.ts";
import type { Scenario, Stage } from "./scenario.ts";
import { OPTIONS, SILENT, smallScenario } from "./testing/small-scenario.ts";

const clock = vi.hoisted(() => ({ now: 0 }));

// Waits take no time: the clock is set instead.
vi.mock("node:timers/promises", () => ({
  setTimeout: async (milliseconds: number, value: unknown, options?: { readonly signal?: AbortSignal }) => {
    options?.signal?.throwIfAborted();
    clock.now += milliseconds;
    return value;
  },
}));

beforeEach(() => {
  vi.spyOn(performance, "now").mockImplementation(() => clock.now);
});

function played(scenario: Scenario, { fake = fakeThreeNodes(), interrupted = new AbortController().signal } = {}) {
  const direction: Direction = {
    cluster: fake.cluster,
    options: OPTIONS,
    chance: () => 0,
    progress: SILENT,
    interrupted,
    keepFor: () => () => undefined,
    again: (id) => `again ${id}`,
  };
  return play({ scenario, number: 1 }, direction);
}

const playing = (act: (stage: Stage) => Promise<unknown>) => async (stage: Stage) => {
  await act(stage);
  return { checks: [] };
};

/** Ends only when it is ended. */
const forEver = ({ ended }: Stage) => {
  const { promise, reject } = Promise.withResolvers<never>();
  ended.addEventListener("abort", () => reject(ended.reason as Error));
  return promise;
};

test("what a scenario finds is its record, with what plays it again", async () => {
  const { record, left } = await played(smallScenario("small"));
  expect(left).toEqual([]);
  expect(record).toMatchObject({ id: "small", verdict: "pass", skipped: null, again: "again small", limits: [] });
  expect(record.phases.map(({ name }) => name)).toEqual(["prepare", "heal"]);
});

test("a claim that nothing was said about is unknown", async () => {
  const { record } = await played(smallScenario("silent", { play: async () => ({ checks: [] }) }));
  expect(record.checks).toMatchObject([{ claim: "silent-holds", verdict: "unknown", reason: "nothing was checked" }]);
  expect(record.verdict).toBe("unknown");
});

test("what breaks on the way makes every claim unknown, with the reason", async () => {
  const broken = () => Promise.reject(new Error("no route to host"));
  const { record } = await played(smallScenario("broken", { play: broken }));
  expect(record.checks).toMatchObject([{ claim: "broken-holds", verdict: "unknown", reason: "no route to host" }]);
});

describe("what was done", () => {
  const [node] = fakeThreeNodes().cluster.facts.members.filter(({ role }) => role === "postgresql");
  if (!node) throw new Error("there is no node");

  test.each([
    ["passes", () => Promise.resolve()],
    ["breaks", () => Promise.reject(new Error("no route to host"))],
  ])("is undone when the scenario %s, the latest first", async (_, end) => {
    const fake = fakeThreeNodes();
    const act = async ({ cluster, onEnd }: Stage) => {
      onEnd("the kill", (healer) => healer.start(node));
      onEnd("the partition", (healer) => healer.unblock(node));
      await cluster.block(node, []);
      await end();
    };
    const { left } = await played(smallScenario("harmful", { play: playing(act) }), { fake });
    expect(fake.done.map(({ what }) => what)).toEqual(["block", "unblock", "start"]);
    expect(left).toEqual([]);
  });

  test("and cannot be undone is said, and nothing passes then", async () => {
    const act = async ({ onEnd }: Stage) => onEnd("the partition", () => Promise.reject(new Error("no such rule")));
    const { record, left } = await played(smallScenario("left", { play: playing(act) }));
    expect(left).toEqual(["the partition was not undone: no such rule"]);
    expect(record.limits).toEqual(["Left behind: the partition was not undone: no such rule"]);
    expect(record.verdict).toBe("unknown");
  });

  test("is waited for where it was under way at the end, and undone only then", async () => {
    const interruption = new AbortController();
    const slow = Promise.withResolvers<void>();
    const fake = fakeThreeNodes();
    const cluster = { ...fake.cluster, freeze: () => slow.promise.then(() => fake.cluster.freeze(node)) };
    const act = async (stage: Stage) => {
      stage.onEnd("the freeze", (healer) => healer.thaw(node));
      setTimeout(() => interruption.abort(new Error("interrupted")), 5);
      setTimeout(() => slow.resolve(), 20);
      await stage.cluster.freeze(node);
      await stage.cluster.signal(node, "KILL");
    };
    const scenario = smallScenario("slow", { play: playing(act) });
    const { record } = await played(scenario, { fake: { ...fake, cluster }, interrupted: interruption.signal });
    expect(fake.done.map(({ what }) => what)).toEqual(["freeze", "thaw"]);
    expect(record).toMatchObject({ interrupted: true, checks: [{ verdict: "unknown", reason: "interrupted" }] });
  });
});

describe("a scenario that was ended", () => {
  test("says after how many seconds, where it was by its limit, and was not interrupted", async () => {
    const { record } = await played(smallScenario("endless", { limit: 0.05, play: forEver }));
    expect(record.checks).toMatchObject([{ verdict: "unknown", reason: "not over after 0.05 s" }]);
    expect(record).not.toHaveProperty("interrupted");
  });

  test("begins no further part, and has nothing more to undo", async () => {
    const later: unknown[] = [];
    const goOn = async (stage: Stage) => {
      await forEver(stage).catch(() => undefined);
      for (const act of [() => stage.phase("later"), () => stage.onEnd("later", async () => undefined)])
        try {
          act();
        } catch (error) {
          later.push(error);
        }
    };
    const { record } = await played(smallScenario("stubborn", { limit: 0.05, play: playing(goOn) }));
    expect(later).toHaveLength(2);
    expect(record.phases.map(({ name }) => name)).toEqual(["prepare", "heal"]);
  });
});

test("a cluster that is not whole before is not played with", async () => {
  let isPlayed = false;
  const note = async () => {
    isPlayed = true;
    return { checks: [] };
  };
  const fake = fakeThreeNodes({ isHealthy: ({ name }) => name !== "etcd2" });
  const { record, left } = await played(smallScenario("early", { play: note }), { fake });
  expect(isPlayed).toBe(false);
  expect(record.checks[0]?.reason).toMatch(/^the cluster is whole: not within 120 s; last: Error: etcd2 is not healthy/);
  expect(left).toEqual([expect.stringMatching(/^the cluster is whole: not within 180 s/)]);
});
