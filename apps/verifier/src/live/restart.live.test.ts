import { afterAll, beforeAll, expect, test } from "vitest";
import { chancesOf, shuffled } from "../run/chance.ts";
import { liveCluster } from "./live-cluster.ts";
import { measured } from "./measured.ts";
import { settled } from "./settled.ts";
import { leaveWhole, expectAccounted, inject, outagesAround, startWriteLoad, type WriteLoad, writesSince } from "./write-load.ts";

const cluster = await liveCluster();
const { members } = cluster.facts;
/** The orders of this run: give it as MATRIARCH_SEED to have the same again. */
const seed = Number(process.env["MATRIARCH_SEED"] ?? Date.now() % 1_000_000);
let load: WriteLoad;

const chances = chancesOf(seed);
const inOrderOfChance = () => shuffled(members, () => chances.next().value);

beforeAll(async () => {
  load = await startWriteLoad(cluster, "restart");
});

afterAll(() => leaveWhole(cluster, load));

test("A9: a cold restart in any order brings everything back by itself", async () => {
  await Promise.all(members.map((member) => cluster.stop(member)));
  const order = inOrderOfChance();
  const { from } = await inject(async () => {
    for (const member of order) await cluster.start(member);
  });
  const firstWrite = await writesSince(load, from, 120);
  expect((await settled(cluster)).datacenter).toBe("dc1");
  measured("cold restart", { seed, order: order.map(({ name }) => name), firstWrite });
});

test("A1: down and up keep the data", async () => {
  await cluster.operate("down");
  const { from } = await inject(() => cluster.operate("up"));
  const firstWrite = await writesSince(load, from, 120);
  expect((await settled(cluster)).datacenter).toBe("dc1");
  measured("down and up", { firstWrite });
});

test.each(inOrderOfChance().map((member) => ({ name: member.name, member })))(
  "A1: $name restarts, and the cluster is whole again",
  async ({ name, member }) => {
    const outages = await outagesAround(load, await inject(() => cluster.restart(member)), 60);
    expect((await settled(cluster)).datacenter).toBe("dc1");
    measured(`restart of ${name}`, { seed, ...outages });
  },
);

test("D3: every acknowledged write survived the restarts", async () => {
  expect(load.history.events.length).toBeGreaterThan(0);
  await expectAccounted(load);
});
