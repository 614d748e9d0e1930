import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { fencesOf } from "./markdown.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const VITEST = join(ROOT, "node_modules/vitest/vitest.mjs");

/** The files that docs/snapshot-tests.md shows, in a folder of their own: where all packages can be found. */
function projectOfTheText(): string {
  const project = mkdtempSync(join(ROOT, "apps/compose-gen/.example-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  for (const { info, body } of fencesOf(readFileSync(join(ROOT, "docs/snapshot-tests.md"), "utf8"))) {
    const [, file] = info.split(" ");
    if (file !== undefined) writeFileSync(join(project, file), body);
  }
  return project;
}

/** As its reader runs it; `CI` set or not. */
function runTests(project: string, ci: boolean, ...options: string[]): { readonly passes: boolean; readonly output: string } {
  const env = { PATH: process.env["PATH"], NO_COLOR: "1", ...(ci ? { CI: "1" } : {}) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [VITEST, "run", "--root", project, ...options], { env, encoding: "utf8" });
  return { passes: status === 0, output: stdout + stderr };
}

test("the snapshot tests of docs/snapshot-tests.md notice what changed, and what nobody reviewed", () => {
  const project = projectOfTheText();
  const golden = join(project, "goldens/edge1-haproxy/haproxy.cfg");

  expect(runTests(project, true).passes, "goldens that are missing").toBe(false);
  expect(existsSync(golden)).toBe(false);
  expect(runTests(project, false), "the first time").toMatchObject({ passes: true });
  expect(existsSync(golden)).toBe(true);
  expect(runTests(project, true), "in continuous integration").toMatchObject({ passes: true });

  const topology = join(project, "topology.yaml");
  writeFileSync(topology, readFileSync(topology, "utf8").replace("timing: normal", "timing: fast"));
  const changed = runTests(project, true);
  expect(changed.passes).toBe(false);
  expect(changed.output).toMatch(/edge1-haproxy\/haproxy\.cfg is as it was reviewed/);
  expect(changed.output).not.toMatch(/FAIL.*edge1-pgbouncer\/pg_hba\.conf/);
  expect(runTests(project, false, "-u"), "when it was meant").toMatchObject({ passes: true });

  writeFileSync(topology, readFileSync(topology, "utf8").replace("  edge2: [haproxy, pgbouncer]\n", ""));
  expect(runTests(project, false, "-u").output, "a golden of a node that is gone").toContain("every golden is still rendered");
});
