import { expect, test } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { watchChanges } from "./changes.ts";

test("a change under way is waited for, one that fails as well", async () => {
  const { promise, reject } = Promise.withResolvers<void>();
  const { cluster, idle } = watchChanges({ freeze: () => promise } as unknown as Cluster);
  await idle();
  const frozen = cluster.freeze({} as BundleMember).catch(() => "failed");
  let isIdle = false;
  const waiting = idle().then(() => (isIdle = true));
  await Promise.resolve();
  expect(isIdle).toBe(false);
  reject(new Error("no such container"));
  await waiting;
  expect(await frozen).toBe("failed");
});
