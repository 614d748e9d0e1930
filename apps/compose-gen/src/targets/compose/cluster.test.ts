import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { allMembers } from "@matriarch/topology";
import { exampleTopology } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../testing/folder.ts";
import { renderClusterScript } from "./cluster.ts";

/**
 * Instead of the container engine: writes down what it was told; it has the volumes, the primary, the sick member and the
 * running containers that it is told.
 */
const ENGINE = `#!/bin/sh
echo "$*" >> "$ENGINE_LOG"
case "$*" in
  "volume ls"*) echo "$ENGINE_VOLUMES" ;;
  "info --format"*) echo "$ENGINE_PROCESSORS" ;;
  "ps "*) echo "$ENGINE_RUNNING" ;;
  *StartedAt*) echo 2000-01-01T00:00:00Z ;;
  *"Health"*"-$ENGINE_SICK") echo unhealthy ;;
  *"Health"*) echo healthy ;;
  *"$ENGINE_PRIMARY psql"*) echo t ;;
esac
`;

/** Runs the script in a bundle, with an engine that only writes down what it is told. */
async function runScript(folder: string, args: string[], environment: Record<string, string> = {}) {
  await mkdir(path.join(folder, "rendered/current"), { recursive: true });
  await mkdir(path.join(folder, "bin"), { recursive: true });
  await writeFile(path.join(folder, "cluster"), renderClusterScript(exampleTopology("two-datacenters")).content);
  await writeFile(path.join(folder, "bin/docker"), ENGINE);
  // Nobody waits in a test.
  await writeFile(path.join(folder, "bin/sleep"), "#!/bin/sh\n");
  for (const program of ["docker", "sleep"]) await chmod(path.join(folder, "bin", program), 0o755);
  const log = path.join(folder, "engine.log");
  await writeFile(log, "");
  const engine = {
    ENGINE_LOG: log,
    ENGINE_PRIMARY: "none",
    ENGINE_VOLUMES: "",
    ENGINE_RUNNING: "",
    ENGINE_SICK: "nobody",
    ENGINE_PROCESSORS: "2",
  };
  const env = { PATH: `${folder}/bin:${process.env["PATH"]}`, ...engine, ...environment };
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
  await writeFile(path.join(folder, "rendered/current/members.json"), "first");
}

/** A bundle that was started once, over which another generation was rendered: what that does is in its plan. */
async function writeChange(folder: string, steps: string, from?: string): Promise<void> {
  await writeMemberFiles(folder);
  await runScript(folder, ["up"], { ENGINE_PRIMARY: "node1" });
  const applied = createHash("sha256").update("first").digest("hex");
  await writeFile(path.join(folder, "rendered/current/members.json"), "second");
  await rename(path.join(folder, "rendered/current"), path.join(folder, "rendered/generation"));
  await symlink("generation", path.join(folder, "rendered/current"));
  await mkdir(path.join(folder, "plans"));
  await writeFile(path.join(folder, "plans/generation"), `from ${from ?? applied}\n${steps}`);
}

const started = (told: readonly string[]) => told.filter((line) => /^compose .* up --detach/.test(line));

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
    expect(told.some((line) => /^compose .*down --volumes --remove-orphans --rmi all/.test(line))).toBe(true);
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

  // docker/compose#745: COMPOSE_PROJECT_NAME took the volumes of another project.
  test("speaks of its own project only, whatever its environment says of others", async () => {
    const folder = await temporaryFolder();
    const others = { COMPOSE_PROJECT_NAME: "other", COMPOSE_FILE: "/elsewhere.yaml", COMPOSE_PROFILES: "x", FORCE: "1" };
    const { told } = await runScript(folder, ["clean"], others);
    const composed = told.filter((line) => line.startsWith("compose ") && !line.endsWith("version"));
    expect(composed).not.toEqual([]);
    for (const line of composed) expect(line).toMatch(/^compose --project-name patroni-cluster .*--env-file \/dev\/null /);
    const [environment] = (await runScript(folder, ["clean"], { ...others, DOCKER_HOST: "tcp://elsewhere:2375" })).stderr.split("\n");
    expect(environment).toBe("note: this is about the engine at tcp://elsewhere:2375 (DOCKER_HOST)");
  });

  // docker/compose#11474: one sick standby, and nobody got anything.
  test.each(["etcd3", "node2"])("starts everybody else where %s is sick, names it and fails", async (sick) => {
    const folder = await temporaryFolder();
    await writeMemberFiles(folder);
    const { status, stderr, told } = await runScript(folder, ["up"], { ENGINE_PRIMARY: "node1", ENGINE_SICK: sick });
    expect(status).toBe(1);
    expect(stderr).toContain(`Not healthy: ${sick}. The others run`);
    expect(started(told).some((line) => line.endsWith(" haproxy"))).toBe(true);
    expect(started(told).some((line) => line.endsWith(" pgbouncer"))).toBe(true);
  });

  test("a change is put in force for the healthy, and waits for the sick", async () => {
    const folder = await temporaryFolder();
    await writeMemberFiles(folder);
    await runScript(folder, ["up"], { ENGINE_PRIMARY: "node1" });
    for (const node of ["node1", "node2"]) await writeFile(path.join(folder, "rendered/current", node, "file"), "second");
    const reloads = (told: readonly string[]) => told.filter((line) => line.startsWith("kill --signal HUP"));
    const ill = await runScript(folder, ["up"], { ENGINE_PRIMARY: "node1", ENGINE_SICK: "node2" });
    expect([ill.status, reloads(ill.told)]).toEqual([1, ["kill --signal HUP patroni-cluster-node1"]]);
    const well = await runScript(folder, ["up"], { ENGINE_PRIMARY: "node1" });
    expect([well.status, reloads(well.told)]).toEqual([0, ["kill --signal HUP patroni-cluster-node2"]]);
  });

  test("what a change disturbs is told and asked for where something runs, and done without where nothing does", async () => {
    const folder = await temporaryFolder();
    await writeChange(folder, "recreate node1 its image is built anew\nreload node2 its configuration changed\n");
    const running = { ENGINE_PRIMARY: "node1", ENGINE_RUNNING: "a-container" };
    const asked = await runScript(folder, ["up"], running);
    expect(asked.status).toBe(2);
    expect(asked.stdout).toContain("  recreate node1 its image is built anew\n");
    expect(asked.stdout).not.toContain("node2");
    expect(started(asked.told)).toEqual([]);
    const told = await runScript(folder, ["up", "--yes"], running);
    expect([told.status, started(told.told).length > 0]).toEqual([0, true]);
    expect((await runScript(folder, ["up"], running)).status).toBe(0);
  });

  test("nothing is started where what is applied is not what the change was computed from", async () => {
    const folder = await temporaryFolder();
    await writeChange(folder, "", "0".repeat(64));
    const { status, stderr, told } = await runScript(folder, ["up", "--yes"], { ENGINE_PRIMARY: "node1" });
    expect([status, started(told)]).toEqual([2, []]);
    expect(stderr).toContain("what is applied is not what this was rendered for. Render again");
  });

  test("a node is forgotten unless it is the primary, and its volume stays", async () => {
    const folder = await temporaryFolder();
    expect((await runScript(folder, ["forget", "node1"], { ENGINE_PRIMARY: "node1" })).stderr).toContain("./cluster switchover first");
    const { status, told } = await runScript(folder, ["forget", "node2"], { ENGINE_PRIMARY: "node1" });
    expect(status).toBe(0);
    expect(told.filter((line) => line.includes("volume"))).toEqual([]);
    expect(await readFile(path.join(folder, ".applied/forgotten"), "utf8")).toBe("node2\n");
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
    const builds = async () =>
      (await runScript(folder, ["up"], { ENGINE_PRIMARY: "node1" })).told.filter((line) => line.includes(" build ")).length;
    expect([await builds(), await builds()]).toEqual([1, 0]);
    await writeFile(path.join(folder, "rendered/current/images/file"), "second");
    expect([await builds(), await builds()]).toEqual([1, 0]);
  });
});
