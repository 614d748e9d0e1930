import { chmod, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseEnvironment } from "@matriarch/topology";
import { exampleText } from "@matriarch/topology/testing";
import { describe, expect, test } from "vitest";
import { IN_FORCE } from "../bundle.ts";
import type { Change } from "../diff/change.ts";
import { formatChanges } from "../diff/format.ts";
import { temporaryFolder } from "../testing/folder.ts";
import { contentsOf, pictureOf } from "../testing/picture.ts";
import { run } from "../testing/program.ts";
import { edit, renderInto, writtenBundle } from "../testing/written-bundle.ts";
import { findDrift } from "./diff.ts";

const DAY = 24 * 60 * 60 * 1000;

async function changesIn({ topology, out }: { readonly topology: string; readonly out: string }): Promise<readonly Change[]> {
  const { changes } = await findDrift(topology, { out });
  if (changes === null) throw new Error("the topology has errors");
  return changes;
}

/** Passwords of a bundle. */
async function passwordsOf(out: string): Promise<Record<string, string>> {
  const { values } = parseEnvironment(await readFile(path.join(out, ".env"), "utf8"), ".env");
  return Object.fromEntries(Object.entries(values).filter(([variable, value]) => variable.endsWith("PASSWORD") && value !== ""));
}

describe("the exit code", () => {
  test("is 0 without drift and 1 with it, which quietly is all that is said", async () => {
    const { topology, out } = await writtenBundle();
    const args = ["diff", topology, "--out", out];
    expect(run(args)).toEqual({ status: 0, stdout: `No drift: ${out} is what the topology gives.\n`, stderr: "" });
    await edit(topology, "proxy:", "front:");
    expect(run([...args, "--quiet"])).toEqual({ status: 1, stdout: "", stderr: "" });
    const { status, stdout } = run([...args, "--format", "json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, drift: true, out, changes: await changesIn({ topology, out }) });
  });

  test("is 1 where the topology has errors: they are said, quietly as well", async () => {
    const folder = await temporaryFolder();
    const input = "cluster: c\nnodes: { n: [postgresql, haproxy] }\n";
    const { status, stdout } = run(["diff", "-", "--out", folder], { input });
    expect(status).toBe(1);
    expect(stdout).toContain("error no-etcd\n");
    expect(stdout).toMatch(/\nNothing was compared\.\n$/);
    const quiet = run(["diff", "-", "--out", folder, "--quiet"], { input });
    expect(quiet.status).toBe(1);
    expect(quiet.stdout).toContain("error no-etcd\n");
  });

  test("is 2 where the bundle is broken", async () => {
    const { topology, out } = await writtenBundle();
    const manifest = path.join(out, IN_FORCE, "manifest.json");
    await rm(manifest);
    await writeFile(manifest, "{");
    const { status, stdout, stderr } = run(["diff", topology, "--out", out]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^compose-gen: .*manifest\.json is damaged\..*\n$/);
  });

  test("is 2 where something that is no file stands in the place of one", async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, ".env"));
    const { status, stderr } = run(["diff", "-", "--out", folder], { input: exampleText("minimal") });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^compose-gen: .*it is a folder, not a file\. Move it away, or choose another folder with --out\.\n$/);
  });
});

describe("nothing at all is written", () => {
  test("with drift and without: not a byte, not a time of change", async () => {
    const { topology, out } = await writtenBundle();
    const folder = path.dirname(out);
    const args = ["diff", topology, "--out", out];
    const before = await pictureOf(folder);
    expect(run(args).status).toBe(0);
    expect(run([...args, "--renew", "all"]).status).toBe(1);
    expect(await pictureOf(folder)).toEqual(before);

    await edit(topology, "proxy:", "front:");
    await edit(path.join(out, ".env"), /MONITOR_PASSWORD=.*/, "MONITOR_PASSWORD=");
    await rm(path.join(out, "pki/node1-etcd/server.crt"));
    const drifted = await pictureOf(folder);
    expect(drifted).not.toEqual(before);
    expect(run(args).status).toBe(1);
    expect(await pictureOf(folder)).toEqual(drifted);
  });

  test("not even where there is no bundle, by a process that may write nowhere", async () => {
    const folder = await temporaryFolder();
    const node = ["--permission", "--allow-fs-read=*"];
    const { status, stdout, stderr } = run(["diff", "-", "--out", path.join(folder, "new")], { input: exampleText("minimal"), node });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("--- /dev/null\n+++ rendered/current/compose.yaml\n");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("what it says is what rendering does", () => {
  /** Files that a change is about: a new key comes with its certificate, a new pair with its public half. */
  function filesOf(change: Change): string[] {
    if (change.kind === "rendered" && change.change === "none") return [];
    if (change.kind !== "certificate" || change.key === "existing") return [change.path];
    return [change.path, change.path.endsWith(".crt") ? change.path.replace(/crt$/, "key") : change.path.replace(/key$/, "pub")];
  }

  /** The bundle as its containers see it. */
  async function bundleAt(out: string): Promise<Map<string, string>> {
    const contents = await contentsOf(out);
    const generation = contents.get(IN_FORCE) ?? "";
    const seen = [...contents].filter(
      ([file]) => file !== IN_FORCE && path.basename(file) !== "manifest.json" && !file.startsWith("plans/"),
    );
    return new Map(seen.map(([file, text]) => [file.replace(`rendered/${generation}/`, `${IN_FORCE}/`), text]));
  }

  async function expectForetold(topology: string, out: string): Promise<void> {
    const foretold = (await changesIn({ topology, out })).flatMap(filesOf);
    const before = await bundleAt(out);
    await renderInto(out, topology);
    const after = await bundleAt(out);
    const different = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
    expect(different).not.toEqual([]);
    expect(foretold.toSorted()).toEqual(different.toSorted());
    expect(await changesIn({ topology, out })).toEqual([]);
  }

  test("where nothing is there yet", async () => {
    const folder = await temporaryFolder();
    const topology = path.join(folder, "topology.yaml");
    const out = path.join(folder, "bundle");
    await writeFile(topology, exampleText("minimal"));
    await mkdir(out);
    await expectForetold(topology, out);
  });

  test.each([
    ["a proxy of another name", "proxy:", "front:"],
    ["other timings", "cluster: minimal", "cluster: minimal\ntiming: fast"],
    ["another role", "cluster: minimal", "cluster: minimal\nroles: { shop: {} }\ndatabases: { app: { readers: [shop] } }"],
    ["more members", "proxy: [haproxy", "node4: [etcd, postgresql]\n  node5: [etcd, postgresql]\n  proxy: [haproxy"],
  ])("for %s", async (_, from, to) => {
    const { topology, out } = await writtenBundle();
    await edit(topology, from, to);
    await expectForetold(topology, out);
  });
});

test("another cluster's topology is refused, and nothing is compared", async () => {
  const { topology, out } = await writtenBundle();
  await edit(topology, "cluster: minimal", "cluster: other");
  const { diagnostics, changes } = await findDrift(topology, { out });
  expect(changes).toBeNull();
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual(["another-cluster"]);
});

describe("drift", () => {
  test("of the topology is a unified diff", async () => {
    const { topology, out } = await writtenBundle();
    await edit(topology, "cluster: minimal", "cluster: minimal\nreads: { max_lag: 32MiB }");
    const shown = formatChanges(await changesIn({ topology, out }));
    expect(shown).toMatch(
      /^--- rendered\/current\/proxy-haproxy\/haproxy\.cfg\n\+\+\+ rendered\/current\/proxy-haproxy\/haproxy\.cfg\n@@ /m,
    );
    expect(shown).toMatch(/^-.*16777216.*\n\+.*33554432/m);
    // What the cluster promises has changed with it.
    expect(shown).toMatch(/^--- rendered\/current\/promises\.json$/m);
    expect(shown).toMatch(/\nDrift: 3 rendered files\.\n$/);
  });

  test("of a file that was changed by hand is shown, without a password that somebody wrote into it", async () => {
    const { topology, out } = await writtenBundle();
    const file = path.join(out, IN_FORCE, "node1-postgresql/patroni.yml");
    const { POSTGRES_PASSWORD: password = "" } = await passwordsOf(out);
    expect(password).toMatch(/^\w{32}$/);
    const text = await readFile(file, "utf8");
    await rm(file);
    await writeFile(file, `${text}"superuser": "${password}"\n"mine": true\n`);
    const changes = await changesIn({ topology, out });
    expect(JSON.stringify(changes)).not.toContain(password);
    expect(formatChanges(changes)).toContain('-(a line that holds a password: not shown)\n-"mine": true\n');
    expect(formatChanges(changes)).toContain(`${IN_FORCE}/node1-postgresql/patroni.yml: changed by hand since it was rendered;`);
  });

  test("of a file that was removed by hand is shown", async () => {
    const { topology, out } = await writtenBundle();
    await rm(path.join(out, IN_FORCE, "compose.yaml"));
    expect(await changesIn({ topology, out })).toMatchObject([
      { kind: "rendered", path: `${IN_FORCE}/compose.yaml`, change: "added", changedByHand: true },
    ]);
  });

  test("of a file that was changed by hand to what would be rendered is drift as well: rendering would stop at it", async () => {
    const { topology, out } = await writtenBundle();
    const file = path.join(out, IN_FORCE, "proxy-haproxy/haproxy.cfg");
    await edit(topology, "cluster: minimal", "cluster: minimal\nreads: { max_lag: 32MiB }");
    const before = await readFile(file, "utf8");
    await rm(file);
    await writeFile(file, before.replaceAll("16777216", "33554432").replaceAll("16 MiB", "32 MiB"));
    const changes = await changesIn({ topology, out });
    expect(changes.find((change) => change.path === `${IN_FORCE}/proxy-haproxy/haproxy.cfg`)).toMatchObject({
      change: "none",
      patch: "",
      changedByHand: true,
    });
  });

  test("of secrets is told by names alone: nothing of the environment file or an overlay is shown", async () => {
    const { topology, out } = await writtenBundle();
    await edit(path.join(out, ".env"), /MONITOR_PASSWORD=.*/, "MONITOR_PASSWORD=");
    const changes = await changesIn({ topology, out });
    expect(formatChanges(changes)).toContain(
      ".env: would be written again (content differs); a value would be generated for MONITOR_PASSWORD; what it holds is not shown.\n",
    );
    expect(changes.filter(({ path: file }) => file.startsWith("secrets/"))).not.toEqual([]);
    const passwords = Object.values(await passwordsOf(out));
    expect(passwords.length).toBeGreaterThan(5);
    for (const password of passwords) expect(JSON.stringify(changes)).not.toContain(password);
  });

  test("of the permissions of a secret is told", async () => {
    const { topology, out } = await writtenBundle();
    await chmod(path.join(out, ".env"), 0o644);
    expect(await changesIn({ topology, out })).toEqual([
      { kind: "secret", path: ".env", change: "changed", differs: ["mode"], generated: [] },
    ]);
  });

  test("of a certificate is named, with why: one that is gone, and those that would be renewed", async () => {
    const { topology, out } = await writtenBundle(Date.now() - 380 * DAY);
    await rm(path.join(out, "pki/node1-etcd/server.crt"));
    const gone = "pki/node1-etcd/server.crt: would be issued, for the key that is there (the key is there, its certificate is not).\n";
    expect(formatChanges(await changesIn({ topology, out }))).toBe(`${gone}Drift: 1 certificate, key or copy.\n`);
    const { changes } = await findDrift(topology, { out, renew: "expiring" });
    expect(formatChanges(changes ?? [])).toContain(
      "pki/node2-etcd/server.crt: would be renewed, for the key that is there (it expires soon).\n",
    );
  });

  test("of the links at the top is named; somebody else's file in their place as well", async () => {
    const { topology, out } = await writtenBundle();
    await rm(path.join(out, "cluster"));
    await rm(path.join(out, "README.md"));
    await writeFile(path.join(out, "README.md"), "mine");
    expect(formatChanges(await changesIn({ topology, out }))).toBe(
      `README.md: is not Matriarch's; "render" wants it moved away.\ncluster: the link to ${IN_FORCE}/cluster would be made.\nDrift: 2 links.\n`,
    );
  });
});
