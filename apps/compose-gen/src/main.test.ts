import { spawnSync } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { topologyJsonSchema } from "@matriarch/topology";
import { exampleText, exampleTopology } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { renderDiagram } from "./targets/compose/diagram.ts";
import { temporaryFolder } from "./testing/folder.ts";
import { run } from "./testing/program.ts";
import { version } from "./version.ts";

const FINE = exampleText("minimal");
const WRONG = "cluster: c\nnodes: { n: [postgresql, haproxy] }\ncolour: red\n";

describe("check", () => {
  test("exits with 0 where nothing is wrong but a risk, which it names with its place", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "topology.yaml"), FINE);
    const { status, stdout, stderr } = run(["check", "topology.yaml"], { cwd: folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^topology\.yaml:\d+:\d+: warning single-haproxy\n {2}\S.*\n {2}\S/m);
    expect(stdout).toMatch(/^\d+ warnings\.\n$/m);
  });

  test("exits with 1 where there is an error, and says everything on standard output", () => {
    const { status, stdout, stderr } = run(["check", "-"], { input: WRONG });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^<stdin>:3:1: error unknown-key\n/m);
  });

  test("says what else is wrong beside an unknown key, all at once", () => {
    const { status, stdout } = run(["check", "-"], { input: `${FINE}colour: red\ntiming: { preset: fast, retry_timeout: 10 }\n` });
    expect(status).toBe(1);
    expect(stdout).toContain("error unknown-key");
    expect(stdout).toContain("error timing-exceeds-ttl");
    expect(stdout).not.toContain("Write outages");
  });

  test("prints JSON for programs", () => {
    const { status, stdout } = run(["check", "-", "--format", "json"], { input: WRONG });
    const report: unknown = JSON.parse(stdout);
    expect(status).toBe(1);
    expect(report).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ code: "unknown-key", severity: "error", file: "<stdin>", line: 3, column: 1, path: ["colour"] }),
      ]),
    });
    expect(JSON.parse(run(["check", "-", "--format", "json"], { input: FINE }).stdout)).toMatchObject({ ok: true });
  });

  test("reads an environment file: its values are checked, and blank passwords named", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "mine.env"), "SCOPE=not a name\nPOSTGRES_PASSWORD='x'\n");
    const { status, stdout } = run(["check", "-", "--env", path.join(folder, "mine.env")], { input: FINE });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^.*mine\.env:1:7: error invalid-override$/m);
    expect(stdout).toContain("info missing-secret\n  MONITOR_PASSWORD");
    expect(stdout).toMatch(/mine\.env:2:19: warning weak-secret\n {2}POSTGRES_PASSWORD/);
  });

  test.each([
    ["in Latin-1", Buffer.from("# mine\nROLE_APP_PASSWORD='s\u00E9same'\n", "latin1"), /\.env:2:21: error wrong-encoding$/m],
    [
      "with a carriage return at its end",
      Buffer.from("SCOPE=shop\r\nPOSTGRES_PASSWORD=\r"),
      /\.env:2:19: error environment-control-character$/m,
    ],
    [
      "with a password that is a stored one",
      Buffer.from(`MONITOR_PASSWORD='md5${"0".repeat(32)}'\n`),
      /\.env:1:18: error secret-taken-for-hash$/m,
    ],
    ["with a port that is taken", Buffer.from("\nEXT_PGBOUNCER_PORT=5000\n"), /\.env:2:20: error port-collision$/m],
  ])("an environment file %s is refused with its line by render, and stays as it is", async (_, bytes, finding) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, ".env"), bytes);
    const { status, stdout, stderr } = run(["render", "-", "--out", folder], { input: FINE });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(finding);
    expect(await readdir(folder)).toEqual([".env"]);
    expect(await readFile(path.join(folder, ".env"))).toEqual(bytes);
  });

  test("a file that never ends is read no further than any topology goes", () => {
    const { status, stdout } = run(["check", "/dev/zero"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\/dev\/zero:1:1: error too-large$/m);
  });
});

describe("what broke exits with 2, in one line on standard error and without a stack trace", () => {
  test.for([
    [
      "a topology that is not there",
      ["check", "missing.yaml"],
      "missing.yaml: there is no such file. Name the topology file, or - for standard input.",
    ],
    ["an environment file that is not there", ["check", "-", "--env", "missing.env"], "missing.env: there is no such file."],
    ["a folder instead of a file", ["check", "."], "it is a folder, not a file."],
    ["a file where the bundle's folder should be", ["render", "topology.yaml", "--out", "topology.yaml"], "a part of the path is a file"],
  ] as const)("%s", async ([, args, message]) => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "topology.yaml"), FINE);
    const { status, stdout, stderr } = run([...args], { cwd: folder, input: FINE });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^compose-gen: .*\n$/);
    expect(stderr).toContain(message);
  });

  test.for([
    ["an unknown option", ["check", "-", "--colour"], "unknown option '--colour'"],
    ["an unknown format", ["check", "-", "--format", "xml"], "Allowed choices are human, json"],
    ["no folder", ["render", "-"], "required option '--out <folder>' not specified"],
    ["nothing at all", [], "Usage: compose-gen"],
  ] as const)("%s, with a word on the usage", ([, args, message]) => {
    const { status, stdout, stderr } = run([...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("render", () => {
  test("writes nothing where there is an error", async () => {
    const folder = await temporaryFolder();
    const { status, stdout } = run(["render", "-", "--out", path.join(folder, "bundle")], { input: WRONG });
    expect(status).toBe(1);
    expect(stdout).toContain("error unknown-key");
    expect(stdout).toMatch(/\nNothing was written\.\n$/);
    expect(await readdir(folder)).toEqual([]);
  });

  test("makes up no password where that is forbidden", async () => {
    const folder = await temporaryFolder();
    const { status, stdout } = run(["render", "-", "--out", path.join(folder, "bundle"), "--no-generate", "--format", "json"], {
      input: FINE,
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, written: false });
    expect(stdout).toContain('"missing-secret"');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("check of an authority that is brought along", () => {
  const BROUGHT = `${FINE}tls: { ca: { certificate: ca.crt, key: ca.key } }\n`;

  test("finds its files beside the topology, wherever it is called from", async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, "topology.yaml");
    await writeFile(file, BROUGHT);
    const { status, stdout } = run(["check", file]);
    expect(status).toBe(1);
    expect(stdout).toContain("error authority-missing");
    const openssl = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "4000",
      "-subj",
      "/CN=mine",
    ];
    const usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"];
    const files = ["-keyout", path.join(folder, "ca.key"), "-out", path.join(folder, "ca.crt")];
    expect(spawnSync("openssl", [...openssl, ...usage, ...files]).status).toBe(0);
    expect(run(["check", file])).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("diagram", () => {
  test("prints a Mermaid flow chart and nothing else", () => {
    const { status, stdout, stderr } = run(["diagram", "-"], { input: FINE });
    expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: "", stdout: renderDiagram(exampleTopology("minimal")) });
  });

  test("draws nothing of a topology with an error, and says what it is", () => {
    const { status, stdout } = run(["diagram", "-"], { input: WRONG });
    expect(status).toBe(1);
    expect(stdout).toContain("error unknown-key");
    expect(stdout).not.toContain("flowchart");
  });

  test("reads an environment file", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "mine.env"), "EXT_PGBOUNCER_PORT=16432\n");
    expect(run(["diagram", "-", "--env", path.join(folder, "mine.env")], { input: FINE }).stdout).toContain("pgbouncer 16432");
  });
});

describe("explain", () => {
  test("prints the page of a code, for people and for programs", () => {
    const { status, stdout, stderr } = run(["explain", "timing-exceeds-ttl"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^timing-exceeds-ttl \(error\)\n/);
    expect(stdout).toContain("patroni/config.py");
    expect(JSON.parse(run(["explain", "timing-exceeds-ttl", "--format", "json"]).stdout)).toMatchObject({ code: "timing-exceeds-ttl" });
  });

  test("without a code lists them, one line each", () => {
    const { status, stdout } = run(["explain"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^timing-exceeds-ttl +error +loop_wait .*\.$/m);
  });

  test.for([
    ["timing-exceed-ttl", 'Did you mean "timing-exceeds-ttl"?'],
    ["Ж", "`compose-gen explain` lists them all."],
    ["constructor", "`compose-gen explain` lists them all."],
  ] as const)("of %s exits with 2 and says what was meant, or where to look", ([code, hint]) => {
    const { status, stdout, stderr } = run(["explain", code]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(`compose-gen: there is no finding with the code "${code}". ${hint}\n`);
  });
});

test("schema prints the JSON Schema", () => {
  const { status, stdout, stderr } = run(["schema"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(topologyJsonSchema())));
});

test.for([
  ["--version", version],
  ["--help", "Exit codes: 0 fine, 1 findings, 2 it broke."],
] as const)("%s is an answer, not an error", ([option, answer]) => {
  const { status, stdout, stderr } = run([option]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(answer);
});

test("a Node that is too old is told so, instead of a defect", () => {
  const old = 'data:text/javascript,Object.defineProperty(process.versions, "node", { value: "20.1.0" })';
  const { status, stdout, stderr } = run(["check", "-"], { input: FINE, node: ["--import", old] });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toBe("compose-gen: Node 20.1.0 is too old. Install Node 22 or newer: in a project, npm install node.\n");
});
