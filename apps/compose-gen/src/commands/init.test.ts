import { spawn } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULTS } from "../init/answers.ts";
import { renderStarter } from "../init/starter.ts";
import { temporaryFolder } from "../testing/folder.ts";
import { MAIN, run } from "../testing/program.ts";

describe("init, where there is no terminal", () => {
  test("writes a topology from its defaults and says so", async () => {
    const cwd = await temporaryFolder();
    expect(run(["init"], { cwd })).toEqual({
      status: 0,
      stdout: `Nobody was asked; taken by default: --cluster first --datacenters dc1 --layout compact --replication synchronous --timing normal --client-certificates yes.
Wrote topology.yaml. Next: compose-gen check topology.yaml
`,
      stderr: "",
    });
    expect(await readFile(path.join(cwd, "topology.yaml"), "utf8")).toBe(renderStarter(DEFAULTS));
    expect(await readdir(cwd)).toEqual(["topology.yaml"]);
  });

  test("prints what another command can read, and says everything else beside it", () => {
    const options = ["--cluster", "shop", "--datacenters", "berlin,paris", "--layout", "redundant", "--timing", "wide-area"];
    const { status, stdout, stderr } = run(["init", "-", ...options]);
    expect(stdout).toBe(
      renderStarter({ ...DEFAULTS, cluster: "shop", datacenters: ["berlin", "paris"], layout: "redundant", timing: "wide-area" }),
    );
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: "Nobody was asked; taken by default: --replication synchronous --client-certificates yes.\n",
    });
    expect(run(["init", "-", ...options, "--quiet"]).stderr).toBe("");
    expect(run(["check", "-"], { input: stdout }).status).toBe(0);
  });
});

test.each([
  ["without options", []],
  ["with --yes", ["--yes"]],
])("an existing file is never touched, %s", async (_, options) => {
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, "topology.yaml"), "mine");
  expect(run(["init", ...options], { cwd })).toEqual({
    status: 2,
    stdout: "",
    stderr: "compose-gen: topology.yaml exists already and is not overwritten. Name another file, or - for standard output.\n",
  });
  expect(await readFile(path.join(cwd, "topology.yaml"), "utf8")).toBe("mine");
});

test.each([
  ["--cluster", "Shop", '--cluster: "Shop" is no name for a cluster'],
  ["--datacenters", "a,a", '--datacenters: "a" is there twice.'],
  ["--layout", "big", "Allowed choices are compact, redundant, separate."],
])("%s %s is refused", (option, value, message) => {
  const { status, stdout, stderr } = run(["init", "-", option, value]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
});

/** What somebody types once the end of the output is a certain prompt. */
type Step = readonly [prompt: string, typed: string];

/** Runs `init` at a terminal of its own (`script`, of util-linux); a person types after reading, so the test does too. */
function initAtTerminal(args: string, cwd: string, steps: readonly Step[]): Promise<{ status: number | null; stdout: string }> {
  const command = `${process.execPath} ${MAIN} init ${args}`;
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], { cwd, timeout: 50_000 });
  const left = [...steps];
  let stdout = "";
  let read = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    const [prompt, typed] = left[0] ?? [];
    if (prompt === undefined || !stdout.slice(read).includes(prompt)) return;
    read = stdout.length;
    left.shift();
    child.stdin.write(typed);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (status) => resolve({ status, stdout }));
  });
}

describe("init, at a terminal", () => {
  test("asks, and writes what was answered", async () => {
    const cwd = await temporaryFolder();
    const { status, stdout } = await initAtTerminal("mine.yaml --timing fast", cwd, [
      ["Name of the cluster [first]: ", "Shop\r"],
      ['"Shop" is no name for a cluster', "shop\r"],
      ["Datacenters", "berlin paris\r"],
      ["[compact]: ", "\r"],
      ["[synchronous]: ", "quorum\r"],
      ["[yes]: ", "no\r"],
    ]);
    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(stdout).toContain("Wrote mine.yaml. Next: compose-gen check mine.yaml");
    expect(stdout).not.toContain("Nobody was asked");
    const chosen = { cluster: "shop", datacenters: ["berlin", "paris"], replication: "quorum", timing: "fast" } as const;
    expect(await readFile(path.join(cwd, "mine.yaml"), "utf8")).toBe(renderStarter({ ...DEFAULTS, ...chosen, clientCertificates: false }));
  });

  test.each([
    ["the end of input", "\u0004"],
    ["an interruption", "\u0003"],
  ])("%s writes nothing", async (_, key) => {
    const cwd = await temporaryFolder();
    const { status, stdout } = await initAtTerminal("", cwd, [
      ["Name of the cluster [first]: ", "shop\r"],
      ["Datacenters", key],
    ]);
    expect(stdout).toContain("compose-gen: The questions were not answered; nothing was written.");
    expect(status).toBe(2);
    expect(await readdir(cwd)).toEqual([]);
  });
});
