import { describe, expect, test } from "vitest";
import type { BundleMember } from "../../cluster/bundle.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import { historyOf, primary, replica, type Told } from "../../fixtures/tell.ts";
import { operationsOf } from "../../history/operation.ts";
import type { Server } from "../../history/event.ts";
import type { Proof } from "./proof.ts";
import { PRIMARY_STAYS, REMOTE_WAITS, STALE_STANDBY_WAITS, UNACKNOWLEDGED_GONE } from "./proofs.ts";

/** Three nodes; node2 is the primary now, and left the timeline of node1 at 0/5000000. */
const ANSWERS: Readonly<Record<string, string>> = {
  "SELECT pg_is_in_recovery()": "t",
  "node2 SELECT pg_is_in_recovery()": "f",
};
const targets = ["node1", "node2"].map((name) => ({ name, role: "postgresql" }) as BundleMember);
const cluster = {
  facts: { members: [...targets, { name: "node3", role: "postgresql" }], promises: { replication: { neverPromoted: ["node3"] } } },
  run: async ({ name }: BundleMember, command: readonly string[]) => {
    const text = command.at(-1) ?? "";
    const stdout = ANSWERS[`${name} ${text}`] ?? ANSWERS[text] ?? "1\t0/5000000\tno recovery target specified";
    return { exitCode: 0, stdout, stderr: "" };
  },
} as unknown as Cluster;

function look(proof: Proof, told: readonly Told[]) {
  const operations = operationsOf(historyOf(told));
  return proof.look({ cluster, targets, operations, injection: { from: 0, to: 0 }, since: new Date(0) });
}

const answer = (sent: number, server: Server): Told => ({ f: "ask-role", value: null, sent, answered: sent + 0.1, server });
const write = (value: number, lsn: string, phase: "ok" | "info"): Told => {
  return { f: "add", value, sent: value, answered: value + 0.1, phase, server: primary("node1", 1, lsn) };
};
const reading: Told = { f: "read-set", value: null, result: [1, 2], sent: 90, answered: 91, server: primary("node2", 2) };

describe("a primary that stays", () => {
  test("may start again, and standbys may answer as such", async () => {
    const told = [answer(1, primary("node1")), answer(2, replica("node2")), answer(3, primary("node1", 1, "0/4000000", 2))];
    expect(await look(PRIMARY_STAYS, told)).toEqual({ wrong: [], evidence: { answers: 2 } });
  });

  test.each([primary("node2", 2), primary("node1", 2)])("is seen to have left when $node answers on timeline $timeline", async (next) => {
    expect((await look(PRIMARY_STAYS, [answer(1, primary("node1")), answer(2, next)])).wrong).toHaveLength(1);
  });
});

test("a standby that lacks acknowledged writes is found as soon as it answers as the primary", async () => {
  const told = [answer(1, primary("node1")), answer(2, replica("node2"))];
  expect((await look(STALE_STANDBY_WAITS, told)).wrong).toEqual([]);
  expect((await look(STALE_STANDBY_WAITS, [...told, answer(3, primary("node2", 2))])).wrong).toEqual([
    "node2 answered 1 times as the primary",
  ]);
});

test("a node that is never to be promoted is found as soon as it answers as the primary", async () => {
  const told = [answer(1, primary("node1")), answer(2, primary("node2", 2))];
  expect((await look(REMOTE_WAITS, told)).wrong).toEqual([]);
  expect((await look(REMOTE_WAITS, [...told, answer(3, primary("node3", 3))])).wrong).toEqual(["node3 answered as the primary"]);
});

describe("rows that only the old primary had", () => {
  test("are those of unknown outcome behind the fork, and must not be there", async () => {
    const told = [write(1, "0/4000000", "ok"), write(2, "0/4FFFFFF", "info"), write(3, "0/5000100", "info"), reading];
    expect(await look(UNACKNOWLEDGED_GONE, told)).toEqual({ wrong: [], evidence: { rows: 1 } });
  });

  test("are found where one is there", async () => {
    const told = [write(1, "0/4000000", "ok"), write(2, "0/5000100", "info"), reading];
    expect((await look(UNACKNOWLEDGED_GONE, told)).wrong).toEqual(["2 is there, which only node1 ever had"]);
  });

  test("are no evidence where there is none", async () => {
    expect((await look(UNACKNOWLEDGED_GONE, [write(1, "0/4000000", "ok"), reading])).evidence).toEqual({ rows: 0 });
  });
});
