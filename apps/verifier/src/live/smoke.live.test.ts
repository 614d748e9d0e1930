import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { passwordsIn } from "../cluster/environment.ts";
import type { RunRecord } from "../run/record.ts";
import { readRun } from "../run/store.ts";
import { liveCluster } from "./live-cluster.ts";

const MAIN = path.resolve(import.meta.dirname, "../main.ts");
const cluster = await liveCluster();
let folder: string;
let exitCode: number | undefined;
let run: RunRecord;

// The verifier as a person runs it, against the cluster of the live suite.
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "matriarch-smoke-"));
  const words = ["run", "--bundle", inject("bundle"), "--suite", "smoke", "--report", folder];
  const result = await execa(process.execPath, [MAIN, ...words], { reject: false, stdin: "ignore", stderr: ["inherit", "pipe"] });
  exitCode = result.exitCode;
  run = await readRun(folder);
});

afterAll(() => rm(folder, { recursive: true }));

test("A18: the verifier's smoke suite passes, and every claim of it", () => {
  const open = run.scenarios.flatMap(({ id, checks }) =>
    checks.filter(({ verdict }) => verdict !== "pass").map((check) => ({ id, ...check })),
  );
  expect(open).toEqual([]);
  expect(run.scenarios.filter(({ skipped }) => skipped !== null)).toEqual([]);
  expect({ exitCode, verdict: run.verdict }).toEqual({ exitCode: 0, verdict: "pass" });
});

test("A19: it leaves a report in every format, and no password in any file of it", async () => {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(["run.json", "report.html", "report.md", "junit.xml"]));
  const passwords = [...(await passwordsIn(cluster.facts))];
  expect(passwords.length).toBeGreaterThan(0);
  for (const { parentPath, name } of files) {
    const text = await readFile(path.join(parentPath, name), "utf8");
    expect(
      passwords.filter(([, password]) => text.includes(password)).map(([variable]) => variable),
      name,
    ).toEqual([]);
  }
});
