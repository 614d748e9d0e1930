import { readFile, readlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { afterEach, describe, expect, inject, test } from "vitest";
import { changeEnvironment } from "../cluster/environment.ts";
import { primaryOf } from "../cluster/nodes.ts";
import { query } from "../cluster/sessions.ts";
import { liveCluster } from "./live-cluster.ts";

const cluster = await liveCluster();
const { facts } = cluster;
const topology = inject("topology");
const text = await readFile(topology, "utf8");

/** A topology beside the cluster's own. */
const CHANGED = path.join(facts.directory, "changed.yaml");

/** What an operator does after a change, and what he is told; nothing is thrown where it is refused. */
async function render(changed: string): Promise<{ readonly code: number | undefined; readonly said: string }> {
  await writeFile(CHANGED, changed);
  const { exitCode, all } = await execa("make", ["render", `TOPOLOGY=${CHANGED}`, `CLUSTER_DIR=${facts.directory}`], {
    stdin: "ignore",
    all: true,
    reject: false,
  });
  return { code: exitCode, said: all };
}

async function up(): Promise<string> {
  const { all } = await execa(path.join(facts.directory, "cluster"), ["up", "--yes"], { stdin: "ignore", all: true });
  return all;
}

const generation = () => readlink(path.join(facts.directory, "rendered/current"));

function without(node: string): string {
  const changed = text.replace(new RegExp(`^  ${node}: .*\n`, "m"), "");
  expect(changed).not.toBe(text);
  return changed;
}

const undone: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of undone.splice(0)) await undo();
});

describe("E1: a change that would leave data behind is refused, and the cluster goes on as it was:", () => {
  test.each([
    // docker/compose#5124: its containers were removed, its volume was never heard of again.
    { what: "a node that is gone from the topology", changed: () => without("node3"), code: "data-left-behind" },
    // etcd#8847, kubespray#270: the members left formed another cluster, and every PostgreSQL stopped.
    { what: "a member of etcd less", changed: () => without("etcd3"), code: "etcd-members-changed" },
    // docker/compose#5416: everything was stopped, then "no configured subnet".
    {
      what: "another network",
      changed: () => `${text.replace(/^networks:\n(?: .*\n)+/m, "")}\nnetworks: { database: 100.127.1.0/24 }\n`,
      code: "networks-changed",
    },
  ])("$what", async ({ changed, code }) => {
    const before = await generation();
    const { code: exitCode, said } = await render(changed());
    expect(exitCode).not.toBe(0);
    expect(said).toContain(code);
    expect(await generation()).toBe(before);
  });

  test("another name", async () => {
    const before = await generation();
    undone.push(await changeEnvironment(facts, { SCOPE: "matriarch-renamed" }));
    const { code, said } = await render(text);
    expect(code).not.toBe(0);
    expect(said).toContain("cluster-renamed");
    expect(await generation()).toBe(before);
  });

  test("and clients notice nothing of all this", async () => {
    expect(await query(facts, "app_rw", "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

// patroni#1177, #2235: "The cluster is up", and nobody was told that a parameter was not in force.
test("E1: a parameter that needs a restart is told at the end of up, with what to do; put back, nothing waits", async () => {
  const primary = (await primaryOf(cluster)).name;
  // Its default is 1024. PostgreSQL forgets that a restart waits when the value is there again, not when it is taken out.
  const withSize = (size: number) => `${text}\nparameters: { postgresql: { track_activity_query_size: ${size} } }\n`;
  const { code, said } = await render(withSize(2048));
  expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
  expect(await up()).toContain("Pending restart");
  await render(withSize(1024));
  expect(await up()).not.toContain("Pending restart");
  await render(text);
  expect(await up()).not.toContain("Pending restart");
  expect((await primaryOf(cluster)).name).toBe(primary);
});
