import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Cluster } from "../../cluster/cluster.ts";
import { fakeThreeNodes } from "../../cluster/testing/fake-three-nodes.ts";
import { type Fault, onAll } from "../../faults/fault.ts";
import type { Stage } from "../../run/scenario.ts";
import { OPTIONS } from "../../run/testing/small-scenario.ts";
import type { Load } from "../load.ts";
import type { Ordeal } from "./ordeal.ts";
import { faultScenario } from "./scenario.ts";

/** What happened, in its order: phases, what was done to the cluster, what was waited for. */
const course = vi.hoisted((): string[] => []);

// Waits take no time, and are told in seconds.
vi.mock("node:timers/promises", () => ({ setTimeout: async (milliseconds: number) => void course.push(`${milliseconds / 1000} s`) }));

// Nobody uses the cluster.
vi.mock("../load.ts", async (importActual) => {
  const startLoad = async (): Promise<Load> => ({
    populations: [],
    endpoints: ["app_rw"],
    pinned: "node1",
    writesReturn: async (_, within) => void course.push(`writes return within ${within} s`),
    serviceReturns: async (_, within) => void course.push(`service returns within ${within} s`),
    finish: async () => {
      course.push("final reads");
      const series = { roles: [], etcd: [], balancers: [], outcomes: [], latencies: [], lag: [], staleness: [], stalenessBound: null };
      return { history: [], series, requests: [] };
    },
  });
  return { ...(await importActual<object>()), startLoad };
});

beforeEach(() => {
  course.length = 0;
});

const fault: Fault = {
  id: "block-primary",
  title: "The primary is blocked",
  available: () => null,
  targets: async ({ facts }) => facts.members.filter(({ name }) => name === "node1"),
  inject: (cluster, targets) => onAll(targets, (member) => cluster.block(member, [])),
  heal: (cluster, targets) => onAll(targets, cluster.unblock),
};

function ordeal(more: Partial<Ordeal> = {}): Ordeal {
  return { fault, rows: ["D3"], suites: ["full"], predicted: null, writesReturn: "by themselves", within: 30, ...more };
}

async function played(given: Ordeal, round = 1) {
  const fake = fakeThreeNodes({ onDone: ({ what }) => course.push(what) });
  const commands: string[] = ["docker kill of somebody before"];
  const block: Cluster["block"] = async (member, rules) => {
    commands.push(`iptables of ${member.name}`);
    await fake.cluster.block(member, rules);
  };
  const undo: string[] = [];
  const stage: Stage = {
    cluster: { ...fake.cluster, commands, block },
    options: OPTIONS,
    round,
    ended: fake.cluster.ended,
    origin: 0,
    keep: () => undefined,
    chance: () => 0.5,
    phase: (name) => course.push(`— ${name}`),
    onEnd: (what) => undo.push(what),
  };
  const findings = faultScenario(given).play(stage);
  return { undo, findings };
}

describe("a fault that writes survive by themselves", () => {
  test("is done to a cluster that was used for a while, and healed when service has returned", async () => {
    const { findings } = await played(ordeal());
    await findings;
    expect(course).toEqual([
      "— steady",
      "writes return within 15 s",
      // Eight seconds of use, and half a round of Patroni by chance.
      "9 s",
      "— fault",
      "block",
      "0 s",
      "writes return within 30 s",
      "— recovery",
      "service returns within 60 s",
      "— return",
      "unblock",
      "final reads",
    ]);
  });

  test("is used for less time around it in a further round", async () => {
    const { findings } = await played(ordeal(), 2);
    await findings;
    expect(course).toContain("5 s");
    expect(course).toContain("service returns within 15 s");
  });
});

test("a fault that has to be healed is healed after its time, and again in the end", async () => {
  const { findings } = await played(ordeal({ writesReturn: ({ timings }) => timings.ttl }));
  await findings;
  expect(course.slice(course.indexOf("block"))).toEqual([
    "block",
    "20 s",
    "— healing",
    "unblock",
    "writes return within 30 s",
    "— recovery",
    "service returns within 60 s",
    "— return",
    "unblock",
    "final reads",
  ]);
});

test("what a fault takes is prepared before anybody uses the cluster, and its removal is due before that", async () => {
  const arrangement = { make: async () => void course.push("make"), remove: async () => undefined };
  const { findings, undo } = await played(ordeal({ fault: { ...fault, arrangement } }));
  await findings;
  expect(course.slice(0, 3)).toEqual(["— arrangement", "make", "— steady"]);
  expect(undo).toEqual(["what the fault takes", "The primary is blocked"]);
});

test("the healing of an injection that fails half-way is due already", async () => {
  const inject = () => Promise.reject(new Error("iptables: exit code 4"));
  const { findings, undo } = await played(ordeal({ fault: { ...fault, inject } }));
  await expect(findings).rejects.toThrow("iptables: exit code 4");
  expect(undo).toEqual(["The primary is blocked"]);
});

test("the record names the targets, the limits that were declared, and how it is done by hand: nothing that others did", async () => {
  const { findings } = await played(ordeal({ limit: "It is slow." }));
  expect(await findings).toMatchObject({
    fault: { name: "The primary is blocked", targets: ["node1"], byHand: "iptables of node1" },
    limits: ["It is slow."],
  });
});

test("what a probe sees while the fault is in force is among what was found, and one that cannot look is unknown", async () => {
  const probe = { id: "block-seen", text: "It is seen.", look: () => Promise.reject(new Error("no answer")) };
  const { findings } = await played(ordeal({ probe }));
  expect((await findings).checks).toMatchObject([{ claim: "block-seen", verdict: "unknown", reason: "no answer" }]);
});

describe("of a fault is known before it is done", () => {
  test("every claim that its requests and looks are about", async () => {
    const probe = { id: "block-seen", text: "It is seen.", look: async () => ({ wrong: [], evidence: { looks: 1 } }) };
    const given = ordeal({ probe, predicted: "standby-lost", withdraws: true });
    const claims = faultScenario(given).claims.map(({ id }) => id);
    const { requests = [], checks } = await (await played(given)).findings;
    for (const { claim } of [...requests, ...checks]) expect(claims).toContain(claim);
  });

  test("that it takes longer than its own parts may: it is not ended early", () => {
    const parts = { injection: 120, writesReturn: 45, within: 120 } as const;
    expect(faultScenario(ordeal(parts)).limit).toBeGreaterThan(120 + 45 + 120 + 60);
  });

  test("why it cannot be done: by the cluster first, then by the machine", async () => {
    const { cluster } = fakeThreeNodes();
    const lacking = async () => "no loop devices";
    const unavailable = (more: Partial<Fault>) =>
      faultScenario(ordeal({ fault: { ...fault, ...more } })).unavailable?.(cluster.facts, cluster);
    expect(await unavailable({})).toBeNull();
    expect(await unavailable({ lacking })).toBe("no loop devices");
    expect(await unavailable({ lacking, available: () => "one node" })).toBe("one node");
  });
});
