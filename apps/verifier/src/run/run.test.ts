import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fakeThreeNodes } from "../cluster/testing/fake-three-nodes.ts";
import type { RunRecord } from "./record.ts";
import { roundsOf } from "./rounds.ts";
import { run, type RunPlan } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import { readRun } from "./store.ts";
import { OPTIONS, SILENT, smallScenario } from "./testing/small-scenario.ts";

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "matriarch-run-"));
});

afterEach(() => rm(directory, { recursive: true }));

function runOf(scenarios: readonly Scenario[], more: Partial<RunPlan> = {}): Promise<RunRecord> {
  const choice = { bundle: "clusters/fake", suite: "full", only: [], tag: [], rate: 1, threads: 1 };
  return run({
    cluster: fakeThreeNodes().cluster,
    options: OPTIONS,
    progress: SILENT,
    interrupted: new AbortController().signal,
    again: (id) => `again ${id}`,
    suite: "full",
    scenarios,
    rounds: (able) => roundsOf(able, { suite: "full", only: [], repeat: null }),
    directory,
    command: "verifier run",
    started: new Date("2030-04-02T12:00:00Z"),
    choice,
    ...more,
  });
}

const outcomes = ({ scenarios }: RunRecord) => scenarios.map(({ id, verdict, skipped }) => [id, skipped ?? verdict]);

test("every scenario is played, in its order, and the verdict is the worst", async () => {
  const silent = smallScenario("silent", { play: async () => ({ checks: [] }) });
  const record = await runOf([smallScenario("first"), silent, smallScenario("last")]);
  expect(outcomes(record)).toEqual([
    ["first", "pass"],
    ["silent", "unknown"],
    ["last", "pass"],
  ]);
  expect(record.verdict).toBe("unknown");
  expect(await readRun(directory)).toEqual(record);
});

test("what cannot be played on this cluster is shown with the reason, and decides nothing", async () => {
  const alone = smallScenario("alone", { unavailable: () => "it takes four nodes" });
  const record = await runOf([alone, smallScenario("first")]);
  expect(outcomes(record)).toEqual([
    ["first", "pass"],
    ["alone", "it takes four nodes"],
  ]);
  expect(record.verdict).toBe("pass");
});

test("nothing is played after a scenario that left the cluster broken: it would be judged for that", async () => {
  const breaking = smallScenario("breaking", {
    play: async ({ onEnd }) => {
      onEnd("the partition", () => Promise.reject(new Error("no such rule")));
      return { checks: [] };
    },
  });
  const record = await runOf([breaking, smallScenario("next")]);
  const why = "breaking left the cluster broken: the partition was not undone: no such rule";
  expect(outcomes(record)).toEqual([
    ["breaking", "unknown"],
    ["next", why],
  ]);
  expect(record.header.cutShort).toBe(why);
  expect(record.header.parts?.[0]).not.toHaveProperty("leftWhole");
});

test("nothing is played after an interruption, and the cluster was left whole", async () => {
  const interruption = new AbortController();
  const interrupting = smallScenario("interrupting", {
    play: ({ ended }) => {
      interruption.abort(new Error("interrupted"));
      return Promise.reject(ended.reason as Error);
    },
  });
  const record = await runOf([interrupting, smallScenario("next")], { interrupted: interruption.signal });
  expect(outcomes(record)).toEqual([
    ["interrupting", "unknown"],
    ["next", "interrupted"],
  ]);
  expect(record.header).toMatchObject({ cutShort: "interrupted", parts: [{ leftWhole: true }] });
});

test("a run that was killed meanwhile can be read: it is saved after each scenario", async () => {
  const saved: unknown[] = [];
  const looking = smallScenario("looking", {
    play: async () => {
      saved.push(outcomes(await readRun(directory)));
      return { checks: [] };
    },
  });
  await runOf([smallScenario("first"), looking]);
  expect(saved).toEqual([[["first", "pass"]]]);
});

test("no password gets into what is saved", async () => {
  const telling = smallScenario("telling", { play: () => Promise.reject(new Error("refused 'of a fake cluster'")) });
  await runOf([telling]);
  const text = await readFile(path.join(directory, "run.json"), "utf8");
  expect(text).toContain("refused");
  expect(text).not.toContain("of a fake cluster");
});

test("what is drawn depends on the seed and the scenario, not on what was played before", async () => {
  const drawn: Record<string, number[]> = { alone: [], after: [] };
  const drawing = (to: number[]) =>
    smallScenario("drawing", {
      play: async ({ chance }) => {
        to.push(chance(), chance());
        return { checks: [] };
      },
    });
  await runOf([drawing(drawn["alone"] ?? [])]);
  await runOf([smallScenario("first"), drawing(drawn["after"] ?? [])]);
  expect(drawn["after"]).toEqual(drawn["alone"]);
  expect(new Set(drawn["alone"]).size).toBe(2);
});

test("a run goes on: what is there is not played, stands where it was planned, and its time and its start are the run's", async () => {
  const scenarios = ["first", "second", "last"].map((id) => smallScenario(id));
  const planned = () => ["first", "second", "last"];
  const whole = await runOf(scenarios, { planned });
  const kept = whole.scenarios.filter(({ id }) => id !== "second");
  const rounds = (able: readonly Scenario[]) =>
    roundsOf(able, { suite: "full", only: ["second"], repeat: null }).filter(({ scenario: { id } }) => id === "second");
  const former = [{ ...(whole.scenarios[1] ?? kept[0]), id: "second.before-1", verdict: "unknown" }] as typeof kept;
  const resumed = await runOf(scenarios, {
    planned,
    rounds,
    started: new Date("2030-04-03T12:00:00Z"),
    earlier: { header: whole.header, kept, former },
  });
  expect(outcomes(resumed).map(([id]) => id)).toEqual(["first", "second", "last"]);
  expect(resumed.scenarios[0]).toBe(kept[0]);
  expect(resumed.header).toMatchObject({
    id: whole.header.id,
    started: whole.header.started,
    parts: [{ leftWhole: true }, { started: "2030-04-03T12:00:00.000Z" }],
  });
  expect(resumed.header.seconds).toBeGreaterThan(whole.header.seconds);
  expect(resumed).toMatchObject({ verdict: "pass", former });
  expect(await readRun(directory)).toEqual(resumed);
});

test("a run that is killed in its first scenario has said what it planned, and that it left nothing whole", async () => {
  let saved: RunRecord | undefined;
  const curious = smallScenario("first", {
    play: async () => {
      saved = await readRun(directory);
      return { checks: [] };
    },
  });
  await runOf([curious], { planned: () => ["first"] });
  expect(saved).toMatchObject({ scenarios: [], verdict: "unknown", header: { planned: ["first"], choice: { suite: "full" } } });
  expect(saved?.header.parts?.at(-1)).not.toHaveProperty("leftWhole");
});
