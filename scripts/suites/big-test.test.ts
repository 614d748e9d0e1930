import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../big-test", import.meta.url));

/** A program that writes down how it was called. `remaining` prints what the folder's file of that name holds. */
const STUB = `#!/bin/sh
echo "$(basename "$0") $*" >> calls
if [ "$2" = remaining ]; then cat "$3/remaining"; fi
exit 0
`;

interface Given {
  readonly variables?: Readonly<Record<string, string>>;
  /** Runs that are there, with what they lack. */
  readonly runs?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
}

/** Runs the script in a folder where everything that it calls is a stub; gives the calls, and how it ended. */
function bigTest({ variables = {}, runs = {}, words = [] }: Given) {
  const folder = mkdtempSync(join(tmpdir(), "matriarch-big-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const programs = ["node_modules/.bin/node", "bin/make"].map((file) => join(folder, file));
  for (const program of programs) {
    mkdirSync(dirname(program), { recursive: true });
    writeFileSync(program, STUB);
    chmodSync(program, 0o755);
  }
  mkdirSync(join(folder, "scripts"));
  cpSync(SCRIPT, join(folder, "scripts/big-test"));
  cpSync(join(dirname(SCRIPT), "bundle-folder"), join(folder, "scripts/bundle-folder"));
  mkdirSync(join(folder, "examples/asynchronous"), { recursive: true });
  writeFileSync(join(folder, "examples/asynchronous/topology.yaml"), "cluster: asynchronous\n");
  for (const [run, lacking] of Object.entries(runs)) {
    mkdirSync(join(folder, run), { recursive: true });
    writeFileSync(join(folder, run, "run.json"), "{}");
    writeFileSync(join(folder, run, "remaining"), lacking);
  }
  const env = {
    PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
    SUITE: "full",
    REPORT: "r",
    VARIANT: "examples/asynchronous/topology.yaml",
  };
  const { status, stderr } = spawnSync(join(folder, "scripts/big-test"), ["clusters/a", ...words], {
    env: { ...env, ...variables },
    encoding: "utf8",
  });
  const calls = existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : [];
  return {
    status,
    stderr,
    calls: calls.map((call) => call.replace("node apps/verifier/src/main.ts", "verifier").replace("make --no-print-directory", "make")),
  };
}

const UP = "make up TOPOLOGY=examples/asynchronous/topology.yaml";
const CLEAN = "make clean TOPOLOGY=examples/asynchronous/topology.yaml";

test("a run is played, then the variant is brought up, played and taken away", () => {
  expect(bigTest({ words: ["--rate", "20"] }).calls).toEqual([
    "verifier run --report r --bundle clusters/a --suite full --rate 20",
    UP,
    "verifier run --report r-asynchronous --bundle clusters/asynchronous --suite full --tag loss",
    CLEAN,
  ]);
});

test("both are resumed where both had begun, with what is run again", () => {
  const runs = { r: "a\n", "r-asynchronous": "b\n" };
  expect(bigTest({ variables: { RESUME: "r", RERUN: "failed unknown" }, runs }).calls).toEqual([
    "verifier run --resume r --rerun failed --rerun unknown --bundle clusters/a --suite full",
    "verifier remaining r-asynchronous --rerun failed --rerun unknown",
    UP,
    "verifier run --resume r-asynchronous --rerun failed --rerun unknown --bundle clusters/asynchronous --suite full --tag loss",
    CLEAN,
  ]);
});

test("a variant that had not begun is begun; one that lacks nothing is judged again, and nothing is brought up for it", () => {
  expect(bigTest({ variables: { RESUME: "r" }, runs: { r: "" } }).calls.slice(1, 3)).toEqual([
    UP,
    "verifier run --report r-asynchronous --bundle clusters/asynchronous --suite full --tag loss",
  ]);
  expect(bigTest({ variables: { RESUME: "r" }, runs: { r: "", "r-asynchronous": "" } }).calls).toEqual([
    "verifier run --resume r --bundle clusters/a --suite full",
    "verifier remaining r-asynchronous",
    "verifier recheck r-asynchronous",
  ]);
});

test("a folder that is there by chance is not resumed without being asked", () => {
  expect(bigTest({ runs: { r: "a\n" } }).calls[0]).toBe("verifier run --report r --bundle clusters/a --suite full");
});

test("a shard is one of both runs, and takes a seed", () => {
  const { calls } = bigTest({ variables: { SHARD: "2/3", SEED: "7" } });
  expect(calls.filter((call) => call.startsWith("verifier run"))).toEqual([
    "verifier run --report r --bundle clusters/a --suite full --shard 2/3 --seed 7",
    "verifier run --report r-asynchronous --bundle clusters/asynchronous --suite full --tag loss --shard 2/3 --seed 7",
  ]);
  const without = bigTest({ variables: { SHARD: "2/3" } });
  expect(without).toMatchObject({ status: 1, calls: [] });
  expect(without.stderr).toContain("all shards of a run have the same seed: give SEED");
});
