import { describe, expect, test } from "vitest";
import { fakeCluster, fakeMember } from "../cluster/testing/fake-cluster.ts";
import type { BundleFacts } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Fixes } from "../cluster/fixes.ts";
import type { Harms } from "../cluster/harms.ts";
import { guardHarms } from "./guard.ts";

const node = fakeMember("node1", "postgresql");
const facts = { members: [node] } as unknown as BundleFacts;

function guarded(before?: () => Promise<void>) {
  const ending = new AbortController();
  const fake = fakeCluster({ facts, answers: () => "", ...(before && { before }) });
  return { ...guardHarms(fake.cluster, ending.signal), done: fake.done, end: () => ending.abort(new Error("interrupted")) };
}

/** Everything that a cluster can do. */
const ACTS: Readonly<Record<keyof Harms | keyof Fixes, (cluster: Cluster) => Promise<unknown>>> = {
  alter: ({ alter }) => alter(node, ["true"]),
  change: ({ change }) => change(async () => "changed"),
  signal: ({ signal }) => signal(node, "KILL"),
  stop: ({ stop }) => stop(node),
  restart: ({ restart }) => restart(node),
  reload: ({ reload }) => reload(node),
  operate: ({ operate }) => operate("switchover"),
  freeze: ({ freeze }) => freeze(node),
  block: ({ block }) => block(node, []),
  starve: ({ starve }) => starve(node, 0.02),
  throttle: ({ throttle }) => throttle(node, 1),
  moveToSmallDisk: ({ moveToSmallDisk }) => moveToSmallDisk(node, 1),
  fillDisk: ({ fillDisk }) => fillDisk(node),
  loosenClock: ({ loosenClock }) => loosenClock(node),
  shiftClock: ({ shiftClock }) => shiftClock(node, 1),
  repair: ({ repair }) => repair(node, ["true"]),
  follow: ({ follow }) => follow("true"),
  start: ({ start }) => start(node),
  thaw: ({ thaw }) => thaw(node),
  unblock: ({ unblock }) => unblock(node),
  feed: ({ feed }) => feed(node),
  unthrottle: ({ unthrottle }) => unthrottle(node),
  emptyDisk: ({ emptyDisk }) => emptyDisk(node),
  leaveSmallDisk: ({ leaveSmallDisk }) => leaveSmallDisk(node),
  resetClock: ({ resetClock }) => resetClock(node),
  fastenClock: ({ fastenClock }) => fastenClock(node),
};

describe("once a scenario has ended", () => {
  test.each(Object.entries(ACTS))("%s is refused if it harms, and allowed if it fixes", async (name, act) => {
    const { cluster, done, end } = guarded();
    await act(cluster);
    const [{ kind } = { kind: null }] = done;
    end();
    const again = act(cluster);
    if (kind === "harm") await expect(again).rejects.toThrow("interrupted");
    else await again;
    expect(done.map(({ what }) => what)).toEqual(kind === "harm" ? [name] : [name, name]);
  });

  test("the cluster can still be looked at, and says that it has ended", async () => {
    const { cluster, end } = guarded();
    end();
    expect(cluster.ended.aborted).toBe(true);
    expect(await cluster.state(node)).toMatchObject({ running: true });
  });
});

test("a harm under way is waited for, one that fails as well", async () => {
  const { promise, reject } = Promise.withResolvers<void>();
  const { cluster, idle } = guarded(() => promise);
  await idle();
  const frozen = cluster.freeze(node).catch(() => "failed");
  let isIdle = false;
  const waiting = idle().then(() => (isIdle = true));
  await Promise.resolve();
  expect(isIdle).toBe(false);
  reject(new Error("no such container"));
  await waiting;
  expect(await frozen).toBe("failed");
});
