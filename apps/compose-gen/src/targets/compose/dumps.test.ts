import { spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { exampleTopology } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../testing/folder.ts";
import { renderClusterScript } from "./cluster.ts";

/**
 * Instead of the container engine: node1 is the primary, it has the database app, and its pg_dump writes what it is told
 * to. It writes down what it was told.
 */
const ENGINE = `#!/bin/sh
echo "$*" >> "$ENGINE_LOG"
case "$*" in
  *"node1 psql"*pg_is_in_recovery*) echo t ;;
  *pg_dump*) printf "$DUMPED"; exit "$DUMP_STATUS" ;;
  *"pg_restore --list"*) cat > /dev/null; exit "$LIST_STATUS" ;;
  *"psql"*" name=app") cat > /dev/null; echo 1 ;;
  *"psql"*) cat > /dev/null ;;
esac
`;

async function bundle() {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "rendered/current"), { recursive: true });
  await mkdir(path.join(folder, "bin"));
  await mkdir(path.join(folder, "elsewhere"));
  await writeFile(path.join(folder, "cluster"), renderClusterScript(exampleTopology("two-datacenters")).content);
  await writeFile(path.join(folder, "bin/docker"), ENGINE);
  await chmod(path.join(folder, "bin/docker"), 0o755);
  return folder;
}

/** Runs the script from a folder beside it, as a person may. */
async function run(folder: string, args: readonly string[], environment: Record<string, string> = {}) {
  const log = path.join(folder, "engine.log");
  await writeFile(log, "");
  const { status, stdout, stderr } = spawnSync("bash", [path.join(folder, "cluster"), ...args], {
    cwd: path.join(folder, "elsewhere"),
    env: {
      PATH: `${folder}/bin:${process.env["PATH"]}`,
      ENGINE_LOG: log,
      DUMPED: "PGDMP and more",
      DUMP_STATUS: "0",
      LIST_STATUS: "0",
      ...environment,
    },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, stdout, stderr, told: (await readFile(log, "utf8")).split("\n"), files: await readdir(path.join(folder, "elsewhere")) };
}

describe("./cluster dump", () => {
  test("writes a file that only its owner can read, named by the caller's folder", async () => {
    const folder = await bundle();
    const { status, files } = await run(folder, ["dump", "app", "monday.dump"]);
    expect({ status, files }).toEqual({ status: 0, files: ["monday.dump"] });
    const { mode } = await stat(path.join(folder, "elsewhere/monday.dump"));
    expect(mode & 0o777).toBe(0o600);
  });

  test("runs pg_dump on the primary's node, never through the pooler (pgbouncer#452)", async () => {
    const { told } = await run(await bundle(), ["dump", "app", "monday.dump", "--", "--schema=shop"]);
    const dump = told.find((line) => line.includes("/pg_dump"));
    expect(dump).toMatch(/patroni-cluster-node1 \S+\/pg_dump --format=custom --schema=shop --dbname=app$/);
    expect(told.join("\n")).not.toContain("patroni-cluster-pgbouncer");
  });

  test("never overwrites a file", async () => {
    const folder = await bundle();
    await writeFile(path.join(folder, "elsewhere/monday.dump"), "mine");
    const { status, stderr } = await run(folder, ["dump", "app", "monday.dump"]);
    expect(status).toBe(2);
    expect(stderr).toContain("monday.dump exists: nothing was dumped.");
    expect(await readFile(path.join(folder, "elsewhere/monday.dump"), "utf8")).toBe("mine");
  });

  test("leaves nothing behind where pg_dump fails, or where what it wrote cannot be read back", async () => {
    const folder = await bundle();
    const failed = await run(folder, ["dump", "app"], { DUMP_STATUS: "1" });
    expect({ status: failed.status, files: failed.files }).toEqual({ status: 2, files: [] });
    const unreadable = await run(folder, ["dump", "app"], { LIST_STATUS: "1" });
    expect({ status: unreadable.status, files: unreadable.files }).toEqual({ status: 2, files: [] });
  });

  test("writes to stdout when it is told to, and nothing else", async () => {
    const { status, stdout, files } = await run(await bundle(), ["dump", "app", "-"]);
    expect({ status, stdout, files }).toEqual({ status: 0, stdout: "PGDMP and more", files: [] });
  });

  test("refuses a database that is not there", async () => {
    const { status, stderr } = await run(await bundle(), ["dump", "appp"]);
    expect(status).toBe(2);
    expect(stderr).toContain("there is no database appp");
  });
});

describe("./cluster restore", () => {
  const restored = (told: readonly string[]) => told.filter((line) => /pg_restore --exit-on-error|CREATE DATABASE/.test(line));

  async function withDump(content: string) {
    const folder = await bundle();
    await writeFile(path.join(folder, "elsewhere/a.dump"), content);
    return folder;
  }

  test("does nothing where nobody is there to be asked", async () => {
    const { status, stderr, told } = await run(await withDump("PGDMP"), ["restore", "a.dump", "app"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/This replaces the database app .* Say FORCE=1/);
    expect(restored(told)).toEqual([]);
  });

  test("restores beside the database, and renames both only then", async () => {
    const { told } = await run(await withDump("PGDMP"), ["restore", "a.dump", "app"], { FORCE: "1" });
    expect(restored(told)).toEqual([expect.stringMatching(/pg_restore --exit-on-error --dbname=app_restoring$/)]);
    const renamed = told.findIndex((line) => /name=app -v before=app_before_\d{14}$/.test(line));
    expect(renamed).toBeGreaterThan(told.findIndex((line) => line.includes("--exit-on-error")));
  });

  test.each([
    ["a file of SQL", "CREATE TABLE", "app", "not in pg_dump's custom format"],
    ["the maintenance database", "PGDMP", "postgres", "postgres cannot be replaced"],
  ])("refuses %s", async (_, content, database, reason) => {
    const { status, stderr, told } = await run(await withDump(content), ["restore", "a.dump", database], { FORCE: "1" });
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
    expect(restored(told)).toEqual([]);
  });

  test("refuses a file that is cut off", async () => {
    const { status, stderr, told } = await run(await withDump("PGDMP"), ["restore", "a.dump", "app"], { FORCE: "1", LIST_STATUS: "1" });
    expect({ status, restored: restored(told) }).toEqual({ status: 2, restored: [] });
    expect(stderr).toContain("cannot be read");
  });
});
