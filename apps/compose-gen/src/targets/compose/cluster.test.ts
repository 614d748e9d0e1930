import { spawnSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { allMembers } from "@matriarch/topology";
import { exampleTopology } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../testing/folder.ts";
import { renderClusterScript } from "./cluster.ts";

/** Instead of the container engine: writes down what it was told; it has the volumes and the primary that it is told. */
const ENGINE = `#!/bin/sh
echo "$*" >> "$ENGINE_LOG"
case "$*" in
  "volume ls"*) echo "$ENGINE_VOLUMES" ;;
  "info --format"*) echo "$ENGINE_PROCESSORS" ;;
  *"$ENGINE_PRIMARY psql"*) echo t ;;
esac
`;

/** Runs the script in a bundle, with an engine that only writes down what it is told. */
async function runScript(folder: string, args: string[], environment: Record<string, string> = {}) {
  await mkdir(path.join(folder, "rendered/current"), { recursive: true });
  await mkdir(path.join(folder, "bin"), { recursive: true });
  await writeFile(path.join(folder, "cluster"), renderClusterScript(exampleTopology("two-datacenters")).content);
  await writeFile(path.join(folder, "bin/docker"), ENGINE);
  await chmod(path.join(folder, "bin/docker"), 0o755);
  const log = path.join(folder, "engine.log");
  await writeFile(log, "");
  const env = {
    PATH: `${folder}/bin:${process.env["PATH"]}`,
    ENGINE_LOG: log,
    ENGINE_PRIMARY: "none",
    ENGINE_VOLUMES: "",
    ENGINE_PROCESSORS: "2",
    ...environment,
  };
  const { status, stdout, stderr } = spawnSync("bash", [path.join(folder, "cluster"), ...args], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, stdout, stderr, told: (await readFile(log, "utf8")).split("\n").filter((line) => line !== "") };
}

/** A file for each member in each folder of the bundle, and one that goes into the images. */
async function writeMemberFiles(folder: string): Promise<void> {
  const members = allMembers(exampleTopology("two-datacenters")).flatMap(({ name }) =>
    ["rendered/current", "pki", "secrets"].map((parent) => `${parent}/${name}`),
  );
  for (const directory of [...members, "rendered/current/images"]) {
    await mkdir(path.join(folder, directory), { recursive: true });
    await writeFile(path.join(folder, directory, "file"), "first");
  }
}

describe("the cluster script", () => {
  test("says what it can do when it is told nothing", async () => {
    const folder = await temporaryFolder();
    const { status, stdout, told } = await runScript(folder, []);
    expect({ status, told }).toEqual({ status: 0, told: [] });
    expect(stdout).toMatch(/^Usage: .\/cluster COMMAND\n/);
  });

  test("starts nothing on a machine with fewer processors than a member is given, and says which member", async () => {
    const folder = await temporaryFolder();
    await writeMemberFiles(folder);
    const { status, stderr, told } = await runScript(folder, ["up"], { ENGINE_PROCESSORS: "1" });
    expect(status).toBe(2);
    expect(stderr).toContain("node1 is given 2 processors, and this machine has 1.");
    expect(told.filter((command) => command.startsWith("compose") && command.includes(" up "))).toEqual([]);
    expect((await runScript(folder, ["up"], { ENGINE_PROCESSORS: "no number" })).stderr).not.toContain("processors");
  });

  test("refuses a command that it does not know, and does nothing", async () => {
    const folder = await temporaryFolder();
    const { status, stderr, told } = await runScript(folder, ["destroy"]);
    expect({ status, told }).toEqual({ status: 2, told: [] });
    expect(stderr).toContain("unknown command: destroy");
  });

  test("keeps data where nobody is there to be asked", async () => {
    const folder = await temporaryFolder();
    const { status, stderr, told } = await runScript(folder, ["clean"], { ENGINE_VOLUMES: "a-volume" });
    expect(status).toBe(2);
    expect(stderr).toContain("patroni-cluster has data. Say FORCE=1 to destroy it.");
    expect(told.filter((line) => line.includes("down"))).toEqual([]);
  });

  test("destroys data when it is told to", async () => {
    const folder = await temporaryFolder();
    const { status, told } = await runScript(folder, ["clean"], { ENGINE_VOLUMES: "a-volume", FORCE: "1" });
    expect(status).toBe(0);
    expect(told.at(-1)).toMatch(/^compose .*down --volumes --remove-orphans --rmi all/);
  });

  test("starts nothing on data that another bundle of this name made, and says which and what to do", async () => {
    const folder = await temporaryFolder();
    const { status, stderr, told } = await runScript(folder, ["up"], { ENGINE_VOLUMES: "patroni-cluster_node1-data" });
    expect(status).toBe(2);
    expect(stderr).toContain("that this bundle did not start: patroni-cluster_node1-data.");
    expect(stderr).toContain("FORCE=1 ./cluster clean");
    expect(told.filter((line) => /^compose .* (build|up)/.test(line))).toEqual([]);
  });

  test("starts on such data when it is told that its credentials are those", async () => {
    const folder = await temporaryFolder();
    await writeMemberFiles(folder);
    const environment = { ENGINE_VOLUMES: "patroni-cluster_node1-data", ENGINE_PRIMARY: "node1", ADOPT: "1" };
    const { told } = await runScript(folder, ["up"], environment);
    expect(told.some((line) => /^compose .* up --detach/.test(line))).toBe(true);
  });

  test("down keeps the volumes", async () => {
    const folder = await temporaryFolder();
    const { status, told } = await runScript(folder, ["down"]);
    expect(status).toBe(0);
    expect(told.at(-1)).toMatch(/^compose .*down --remove-orphans$/);
  });

  test("status explains what it means that no node is primary, and is silent about it where one is", async () => {
    const folder = await temporaryFolder();
    expect((await runScript(folder, ["status"])).stdout).toContain("No node is primary: writes are refused");
    const { status, stdout } = await runScript(folder, ["status"], { ENGINE_PRIMARY: "node2" });
    expect(status).toBe(0);
    expect(stdout).not.toContain("No node is primary");
  });

  test("builds the images once, and again only when what goes into them has changed", async () => {
    const folder = await temporaryFolder();
    await writeMemberFiles(folder);
    const builds = async () => (await runScript(folder, ["up"])).told.filter((line) => line.includes(" build ")).length;
    expect([await builds(), await builds()]).toEqual([1, 0]);
    await writeFile(path.join(folder, "rendered/current/images/file"), "second");
    expect([await builds(), await builds()]).toEqual([1, 0]);
  });
});
