import { expect, test } from "vitest";
import type { BundleMember } from "../cluster/bundle.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { CommandResult } from "../cluster/looks.ts";
import { hitProcesses, releaseProcesses, signalById } from "./processes.ts";

const node = { name: "node1", role: "postgresql" } as BundleMember;

/** A cluster whose nodes answer everything alike, and what they were told. */
function answering(answer: Partial<CommandResult>) {
  const told: (readonly string[])[] = [];
  const alter = async (_: BundleMember, command: readonly string[]) => {
    told.push(command);
    return { exitCode: 0, stdout: "", stderr: "", ...answer };
  };
  return { told, cluster: { alter, repair: alter } as unknown as Cluster };
}

test("processes are counted that got the signal", async () => {
  const { cluster, told } = answering({ stdout: "/proc/17\n/proc/18" });
  expect(await releaseProcesses(cluster, node, "walreceiver")).toBe(2);
  expect(await signalById(cluster, node, "KILL", ["17", "18"])).toBe(2);
  expect(told[1]?.slice(-3)).toEqual(["KILL", "17", "18"]);
});

test("the shell that looks for a pattern is not found by it", async () => {
  const { cluster, told } = answering({});
  await releaseProcesses(cluster, node, "walreceiver");
  expect(told[0]?.join(" ")).not.toContain("walreceiver");
  expect("postgres: walreceiver streaming").toMatch(new RegExp(told[0]?.at(-1) ?? ""));
});

test("a signal that hits nobody is no fault", async () => {
  await expect(hitProcesses(answering({}).cluster, node, "STOP", "walreceiver")).rejects.toThrow("node1 has no process like walreceiver");
});

test("a node that cannot be asked is told", async () => {
  const { cluster } = answering({ exitCode: 1, stderr: "is not running" });
  await expect(releaseProcesses(cluster, node, "walreceiver")).rejects.toThrow("node1: is not running");
});
