import { expect, test } from "vitest";
import { appliedFrom, generationOf, nextOf } from "../testing/generations.ts";
import { NOTHING_BEFORE } from "./before.ts";
import { formatPlan, stepsOf } from "./plan.ts";

const NODES = { etcd1: ["etcd"], node1: ["postgresql"], node2: ["postgresql"], proxy: ["haproxy"] } satisfies Parameters<
  typeof generationOf
>[0]["nodes"];

const first = generationOf({ nodes: NODES });

function steps(written: Parameters<typeof nextOf>[1]): string[] {
  return stepsOf(appliedFrom(first), nextOf(first, written).facts).map(({ action, member }) => `${action} ${member}`);
}

test("nothing is done for the same generation, and nothing is told of a cluster that is new", () => {
  expect(steps({ nodes: NODES })).toEqual([]);
  expect(stepsOf(NOTHING_BEFORE, first.facts)).toEqual([]);
});

test("a parameter of PostgreSQL reloads the nodes", () => {
  expect(steps({ nodes: NODES, parameters: { postgresql: { work_mem: "8MB" } } })).toEqual(["reload node1", "reload node2"]);
});

test("a parameter of etcd restarts it", () => {
  expect(steps({ nodes: NODES, parameters: { etcd: { "max-request-bytes": 2_000_000 } } })).toEqual(["restart etcd1"]);
});

test("more memory recreates one container, and no other", () => {
  expect(steps({ nodes: { ...NODES, proxy: { roles: ["haproxy"], resources: { memory: "512MiB" } } } })).toEqual(["recreate proxy"]);
});

test("an extension recreates the nodes, whose image it goes into", () => {
  expect(steps({ nodes: NODES, postgresql: { extensions: ["vector"] } })).toEqual(["recreate node1", "recreate node2"]);
});

// docker/compose#5124: every container has its peers in its definition.
test("a node more is said to recreate those that know it", () => {
  expect(steps({ nodes: { ...NODES, node3: ["postgresql"] } })).toEqual([
    "recreate etcd1",
    "recreate node1",
    "recreate node2",
    "create node3",
    "recreate proxy",
  ]);
});

test("a plan is bound to what was applied when it was computed", () => {
  const before = appliedFrom(first);
  const text = formatPlan(before, [{ member: "node1", action: "reload", because: "its configuration changed" }]);
  expect(text).toMatch(/^from [0-9a-f]{64}\nreload node1 its configuration changed\n$/);
  expect(formatPlan(appliedFrom(nextOf(first, { nodes: { ...NODES, node3: ["postgresql"] } })), [])).not.toContain(text.slice(0, 69));
  expect(formatPlan(NOTHING_BEFORE, [])).toBe("from nothing\n");
});
