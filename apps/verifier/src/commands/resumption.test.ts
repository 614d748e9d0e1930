import { expect, test } from "vitest";
import { savedRun } from "../run/testing/saved-runs.ts";
import { resumedFlags } from "./resumption.ts";

const FOLDER = "reports/one";
const saved = savedRun({ planned: [], scenarios: [], choice: { only: ["etcd"], shard: { number: 2, of: 3 } } });

test("a run goes on with what it was started with, in its folder", () => {
  expect(resumedFlags(saved, {}, FOLDER)).toEqual({
    bundle: "clusters/runs",
    suite: "full",
    only: ["etcd"],
    tag: [],
    rate: 50,
    threads: 8,
    seed: 7,
    shard: { number: 2, of: 3 },
    report: FOLDER,
    format: "human",
  });
});

test("who says the same again, in the same words or another path, is right", () => {
  const said = { suite: "full", seed: 7, bundle: "./clusters/../clusters/runs", shard: { number: 2, of: 3 }, format: "json" } as const;
  expect(resumedFlags(saved, said, FOLDER)).toMatchObject({ bundle: said.bundle, format: "json" });
});

test("who says something else is told both, and what to do", () => {
  expect(() => resumedFlags(saved, { suite: "smoke" }, FOLDER)).toThrow(
    '--suite is "smoke" now, and "full" in reports/one: a run goes on as it began. Leave it out, or start another run',
  );
  expect(() => resumedFlags(saved, { repeat: 2 }, FOLDER)).toThrow('--repeat is 2 now, and "not given" in reports/one');
  expect(() => resumedFlags(saved, { bundle: "clusters/other" }, FOLDER)).toThrow("--bundle");
});

test("a run that only time ends, and one that did not keep what was asked for, have nothing to go on with", () => {
  expect(() => resumedFlags(savedRun({ scenarios: [], choice: { for: 60 } }), {}, FOLDER)).toThrow("only time ends");
  expect(() => resumedFlags(savedRun({ scenarios: [], choice: { suite: "soak" } }), {}, FOLDER)).toThrow("only time ends");
  const { header, ...run } = saved;
  const { choice: _, ...before } = header;
  expect(() => resumedFlags({ ...run, header: before }, {}, FOLDER)).toThrow("did not keep what was asked for");
});
