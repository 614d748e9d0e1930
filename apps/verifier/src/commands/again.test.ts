import { expect, test } from "vitest";
import { againOf, commandOf } from "./again.ts";
import { durationOf, playingTime, type RunFlags } from "./run-flags.ts";

const FLAGS: RunFlags = {
  bundle: "clusters/it's mine",
  suite: "full",
  only: [],
  tag: [],
  seed: 7,
  rate: 50,
  threads: 8,
  format: "human",
};

test("a run is run again by its seed and by what was said, and nothing else", () => {
  expect(commandOf(FLAGS)).toBe(String.raw`verifier run --bundle 'clusters/it'\''s mine' --suite full --seed 7`);
  const soak = { ...FLAGS, bundle: "clusters/a", suite: "soak", for: 300, tag: ["fault"], rate: 100 } as const;
  expect(commandOf(soak)).toBe("verifier run --bundle clusters/a --suite soak --seed 7 --tag fault --for 300s --rate 100");
});

test("a round is played again by the name of its record: the moments of chance are drawn from it", () => {
  const flags = { ...FLAGS, bundle: "clusters/a" };
  expect(againOf(flags, "kill-primary.3")).toBe("verifier run --bundle clusters/a --suite full --only kill-primary.3 --seed 7");
  expect(againOf(flags, "etcd")).toBe("verifier run --bundle clusters/a --suite full --only etcd --seed 7 --repeat 1");
});

test("the load lasts as long as the suite can bear, or as somebody says", () => {
  expect([durationOf({ suite: "smoke" }), durationOf({ suite: "full" }), durationOf({ suite: "smoke", duration: 5 })]).toEqual([10, 60, 5]);
});

test("a soak plays for eight hours by itself; what is named is played as often as it is asked for", () => {
  expect(playingTime({ suite: "soak", only: [] })).toBe(28_800);
  expect(playingTime({ suite: "soak", only: [], for: 60 })).toBe(60);
  expect(playingTime({ suite: "smoke", only: ["etcd"], for: 60 })).toBe(60);
  expect(playingTime({ suite: "soak", only: ["kill-primary.2"] })).toBeNull();
  expect(playingTime({ suite: "soak", only: [], repeat: 2 })).toBeNull();
  expect(playingTime({ suite: "full", only: [] })).toBeNull();
});
