import { expect, test } from "vitest";
import { fakeThreeNodes } from "../cluster/testing/fake-three-nodes.ts";
import { recover } from "./recover.ts";

test("what a killed verifier left is taken back: members go on, small disks go, and all are made anew as an operator does it", async () => {
  const { cluster, done } = fakeThreeNodes();
  await recover(cluster);
  expect([...new Set(done.map(({ what }) => what))]).toEqual(["thaw", "leaveSmallDisk", "operate"]);
  const of = (name: string) => done.filter(({ what }) => what === name).map(({ member }) => member);
  expect(of("thaw")).toEqual(cluster.facts.members.map(({ name }) => name));
  expect(of("leaveSmallDisk")).toEqual(["node1", "node2", "node3"]);
  expect(of("operate")).toHaveLength(2);
});

test("a machine that has no small disks is not asked to take any back", async () => {
  const { cluster, done } = fakeThreeNodes();
  await recover({ ...cluster, lacks: async () => "it takes root" });
  expect(done.map(({ what }) => what)).not.toContain("leaveSmallDisk");
});

test("a cluster that does not become whole ends it with what is missing", async () => {
  const { cluster } = fakeThreeNodes();
  const broken = { ...cluster, operate: () => Promise.reject(new Error("node1 does not start")) };
  await expect(recover(broken)).rejects.toThrow("node1 does not start");
});
