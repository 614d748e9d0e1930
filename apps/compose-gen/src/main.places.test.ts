import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { exampleText } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { commandLine } from "./cli.ts";
import { temporaryFolder } from "./testing/folder.ts";
import { MAIN, run } from "./testing/program.ts";

const FINE = exampleText("minimal");

/** A process that may read everything and write nowhere, whoever runs it: Node's own permission model. */
const READ_ONLY = ["--permission", "--allow-fs-read=*"];

describe("in a checkout that cannot be written", () => {
  test.each([["check", "-"], ["schema"], ["completion", "bash"], ["init", "-"], ["--help"]])("works: %s", (...args) => {
    const { status, stderr } = run(args, { input: FINE, node: READ_ONLY });
    expect({ status, broke: stderr.startsWith("compose-gen:") }).toEqual({ status: 0, broke: false });
  });

  test("render writes into the bundle's folder and nowhere else", async () => {
    const cwd = await temporaryFolder();
    // Not root, it ends where it would give a daemon its file: that is in the bundle as well.
    expect(run(["render", "-", "--out", "bundle"], { cwd, input: FINE }).status).toBe(process.getuid?.() === 0 ? 0 : 2);
    expect(await readdir(cwd)).toEqual(["bundle"]);
  });

  test("what would have to be written there is refused in one line", () => {
    // Nobody, root included, can make a file there.
    const { status, stdout, stderr } = run(["init", "/sys/topology.yaml"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^compose-gen: \/sys\/topology\.yaml.*: .*\n$/);
  });
});

test("without a home, a path, a terminal or any other variable everything works from standard input", async () => {
  const cwd = await temporaryFolder();
  expect(run(["check", "-", "--quiet"], { cwd, input: FINE, env: {} })).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(run(["init", "-", "--quiet"], { cwd, env: {} }).status).toBe(0);
  const { status, stdout } = run(["diff", "-", "--out", "bundle"], { cwd, input: FINE, env: {} });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^--- \/dev\/null\n/);
  expect(await readdir(cwd)).toEqual([]);
});

test.each([
  ["NO_COLOR", { NO_COLOR: "1" }, false],
  ["no terminal", {}, false],
  ["FORCE_COLOR", { FORCE_COLOR: "1" }, true],
])("with %s findings are coloured or not, as that says", (_, env, isColoured) => {
  const { stdout } = run(["check", "-"], { input: FINE, env });
  // eslint-disable-next-line no-control-regex
  expect(/\u001B\[/.test(stdout)).toBe(isColoured);
});

describe("output that nobody takes", () => {
  test("any more, like into head, ends nothing and says nothing", async () => {
    const child = spawn(process.execPath, [MAIN, "schema"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const [status] = await once(child, "close");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("for the disk is full is a failure, in one line", () => {
    const { status, stderr } = spawnSync("sh", ["-c", '"$0" "$1" schema > /dev/full', process.execPath, MAIN], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^compose-gen: .*the disk is full.*\n$/);
  });

  test("on standard error as well does not go round in circles", () => {
    const { status } = spawnSync("sh", ["-c", '"$0" "$1" check missing.yaml > /dev/full 2>&1', process.execPath, MAIN], {
      timeout: 30_000,
    });
    expect(status).toBe(2);
  });
});

describe("what was probably meant is said of", () => {
  test.each([
    ["a command", ["chek"], "error: unknown command 'chek'\n(Did you mean check?)\n(compose-gen --help tells more)\n"],
    [
      "an option",
      ["render", "-", "--out", "x", "--forc"],
      "error: unknown option '--forc'\n(Did you mean --force?)\n(compose-gen render --help tells more)\n",
    ],
    [
      "an option of the program",
      ["--versio"],
      "error: unknown option '--versio'\n(Did you mean --version?)\n(compose-gen --help tells more)\n",
    ],
    [
      "a choice",
      ["check", "-", "--format", "jsn"],
      "error: option '--format <format>' argument 'jsn' is invalid. Allowed choices are human, json.\n(compose-gen check --help tells more)\n",
    ],
    [
      "two that contradict",
      ["check", "-", "-q", "-v"],
      "error: option '-q, --quiet' cannot be used with option '-v, --verbose'\n(compose-gen --help tells more)\n",
    ],
  ])("%s", (_, args, stderr) => {
    expect(run(args)).toEqual({ status: 2, stdout: "", stderr });
  });
});

describe("quiet and verbose", () => {
  const WRONG = "cluster: c\nnodes: { n: [etcd, postgresql] }\ncolour: red\n";

  test("quietly only errors are said, where there are any", () => {
    const { status, stdout } = run(["check", "-", "--quiet"], { input: WRONG });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^<stdin>:3:1: error unknown-key$/m);
    expect(stdout).not.toMatch(/: (warning|info) /);
    expect(stdout).toMatch(/\n\d+ errors\.\n$/);
    expect(run(["check", "-"], { input: WRONG }).stdout).toMatch(/: warning /);
    const { stdout: whole } = run(["-q", "check", "-", "--format", "json"], { input: FINE });
    expect(JSON.parse(whole)).toMatchObject({ diagnostics: [{ severity: "warning" }, { severity: "warning" }] });
  });

  test("verbosely the cause of what broke is told", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "file"), "");
    const args = ["check", path.join(folder, "file", "topology.yaml")];
    expect(run(args).stderr).toMatch(/^compose-gen: .*a part of the path is a file.*\n$/);
    expect(run([...args, "--verbose"]).stderr).toMatch(/^compose-gen: .*\ncause: Error: ENOTDIR: /);
  });
});

test("the help of every command has examples, which name it; the README has a row for it", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const program = commandLine(() => undefined);
  expect(program.commands.length).toBeGreaterThan(5);
  for (const command of program.commands) {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toMatch(new RegExp(`\\nExamples:\\n(  .*\\n)*  .*compose-gen ${command.name()}\\b`));
    expect(readme).toMatch(new RegExp(`^\\| \`${command.name()}\\b`, "m"));
    for (const { long, hidden } of command.options) if (!hidden) expect(readme, `${command.name()} ${long}`).toContain(`\`${long}`);
  }
});
