import { X509Certificate } from "node:crypto";
import { chmod, chown, mkdir, readFile, readdir, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type BundleOnDisk, readDisk } from "../testing/bundle-on-disk.ts";
import { makeReadOnly, temporaryDisk, temporaryFolder } from "../testing/folder.ts";
import { CHANGED, type Ending, SMALL, render } from "../testing/rendering.ts";
import { stateOf } from "../testing/state.ts";

/** A user without rights. */
const NOBODY = 65_534;

/** It broke: one line on standard error says what, where and what to do. */
function expectRefusal(ending: Ending, message: string | RegExp): void {
  expect(ending).toMatchObject({ status: 2, stdout: "" });
  expect(ending.stderr).toMatch(/^compose-gen: .*\.\n$/);
  expect(ending.stderr).not.toContain("defect");
  expect(ending.stderr).toMatch(message);
}

async function rendered(out: string, topology = SMALL): Promise<BundleOnDisk> {
  expect(await render(topology, out)).toMatchObject({ status: 0, stderr: "" });
  return readDisk(out);
}

/** A bundle in a folder of its own. */
async function smallBundle(): Promise<string> {
  const out = path.join(await temporaryFolder(), "bundle");
  await rendered(out);
  return out;
}

describe("a disk", () => {
  test("that is full in the middle of the writing changes nothing; with more room the same render succeeds", async () => {
    const disk = await temporaryDisk(4096);
    const out = path.join(disk, "bundle");
    const before = await rendered(out);
    const state = await stateOf(out);
    const filler = path.join(disk, "filler");
    const refusals: string[] = [];
    for (let free = 0; ; free += 48) {
      await fillUp(filler, free * 1024);
      const ending = await render(CHANGED, out);
      await rm(filler);
      if (ending.status === 0) break;
      expectRefusal(ending, /\/bundle\S+: the disk is full; free some space and run the command again \(nothing was lost\)\.$/m);
      expect(await stateOf(out)).toEqual(state);
      refusals.push(ending.stderr);
    }
    // At different files: in the middle, not at its beginning only.
    expect(new Set(refusals).size).toBeGreaterThan(2);
    const after = await readDisk(out);
    expect(after.generation).not.toBe(before.generation);
    expect(after).toMatchObject({ broken: [], leftovers: [] });
    for (const [file, text] of before.kept) if (file.endsWith(".key")) expect(after.kept.get(file)).toBe(text);
  });

  test("that is read-only is named, and what to do", async () => {
    const disk = await temporaryDisk(8192);
    const out = path.join(disk, "bundle");
    await rendered(out);
    makeReadOnly(disk);
    const state = await stateOf(out);
    expectRefusal(await render(CHANGED, out), `${out}/.matriarch.lock: the file system is read-only; choose another folder with --out`);
    expectRefusal(await render(SMALL, path.join(disk, "other")), `${disk}/other: the file system is read-only;`);
    expect(await stateOf(out)).toEqual(state);
  });
});

/** Leaves so many bytes of the disk free. */
async function fillUp(file: string, free: number): Promise<void> {
  const block = Buffer.alloc(4096);
  await writeFile(file, "");
  try {
    for (;;) await writeFile(file, block, { flag: "a" });
  } catch (error) {
    expect(error).toMatchObject({ code: "ENOSPC" });
  }
  const { size } = await stat(file);
  await truncate(file, Math.max(0, size - free));
}

describe("a user who is not root", () => {
  test("is told why it takes root, before anything is written", async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o777);
    expectRefusal(
      await render(SMALL, path.join(folder, "bundle"), { user: NOBODY }),
      /Keys and passwords belong to the daemons' numeric users \(\d+(, \d+)+\), and only root may give files to other users: this is user 65534\. Run the command as root, for example with sudo\. Nothing was written\.$/m,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test("is told that root's bundle may not be read", async () => {
    const out = await smallBundle();
    await chmod(path.dirname(out), 0o755);
    const state = await stateOf(out);
    expectRefusal(await render(CHANGED, out, { user: NOBODY }), `${out}/.env: no permission; run the command as root`);
    expect(await stateOf(out)).toEqual(state);
  });

  test("keeps the environment file that root renders with", async () => {
    const out = await smallBundle();
    await chown(path.join(out, ".env"), NOBODY, NOBODY);
    await rendered(out, CHANGED);
    expect(await stat(path.join(out, ".env"))).toMatchObject({ uid: NOBODY, gid: NOBODY, mode: 0o100600 });
  });
});

describe("something in the place of", () => {
  test.for<[string, (out: string) => Promise<unknown>, string]>([
    [
      "the rendered files",
      (out) => swap(out, "rendered", (file) => writeFile(file, "mine")),
      "/rendered is a file, not a folder. Move it away",
    ],
    ["the keys", (out) => swap(out, "pki", (file) => writeFile(file, "mine")), "/pki is a file, not a folder. Move it away"],
    ["the secrets", (out) => swap(out, "secrets", (file) => writeFile(file, "mine")), "/secrets is a file, not a folder. Move it away"],
    ["the environment file", (out) => swap(out, ".env", (file) => mkdir(file)), "/.env: it is a folder, not a file. Move it away"],
    [
      "keys that a link led to",
      (out) => swap(out, "pki", (file) => symlink("gone", file)),
      "/pki is a link to something that is not there.",
    ],
    [
      "passwords that a link led to",
      (out) => swap(out, ".env", (file) => symlink("gone", file)),
      "/.env is a link to something that is not there.",
    ],
    [
      "a folder below the keys",
      (out) => swap(out, "pki/clients", (file) => writeFile(file, "mine")),
      "/pki/clients/operator/client.key: a part of the path is a file, not a folder; choose another folder or move that file away.",
    ],
    ["the link to what is in force", (out) => swap(out, "rendered/current", (file) => mkdir(file)), "/rendered/current is not the link"],
    [
      "a link at the top",
      (out) => swap(out, "compose.yaml", (file) => writeFile(file, "mine")),
      "/compose.yaml is not Matriarch's. Move it away",
    ],
    [
      "the manifest",
      (out) => swap(out, "rendered/current/manifest.json", (file) => writeFile(file, "{")),
      "/manifest.json is damaged. Without it nobody can tell",
    ],
  ])("%s stops the render, and nothing is written", async ([, disturb, message]) => {
    const out = await smallBundle();
    await disturb(out);
    const state = await stateOf(out);
    const ending = await render(CHANGED, out);
    expectRefusal(ending, message);
    expect(await stateOf(out)).toEqual(state);
  });

  test("the bundle's folder stops the render: a file, or links that lead in a circle", async () => {
    const folder = await temporaryFolder();
    const [file, loop] = [path.join(folder, "file"), path.join(folder, "loop")];
    await writeFile(file, "mine");
    await symlink("loop", loop);
    expectRefusal(await render(SMALL, file), `${file}/rendered: a part of the path is a file, not a folder; choose another folder`);
    expectRefusal(await render(SMALL, loop), `${loop}/rendered: the symbolic links there lead in a circle; remove one of them.`);
    expect((await readdir(folder)).toSorted()).toEqual(["file", "loop"]);
  });
});

async function swap(out: string, name: string, make: (file: string) => Promise<unknown>): Promise<void> {
  await rm(path.join(out, name), { recursive: true });
  await make(path.join(out, name));
}

describe("renders at the same time", () => {
  test.for([
    ["of a new bundle", false],
    ["of one that is there", true],
  ] as const)("%s: one wins, the others say who writes or that it was written, and nothing is mixed", async ([, isThere]) => {
    const out = path.join(await temporaryFolder(), "bundle");
    const before = isThere ? await rendered(out) : undefined;
    const endings = await Promise.all(Array.from({ length: 4 }, () => render(CHANGED, out)));
    const winners = endings.filter(({ status }) => status === 0);
    expect(winners.length).toBeGreaterThan(0);
    for (const ending of endings.filter(({ status }) => status !== 0)) {
      expectRefusal(
        ending,
        /is being written by process \d+ \(lock: \S+\)\. Wait until it ends, then run the command again\.$|changed while this command ran\. Run it again\.$|by several processes in turn/m,
      );
    }
    const left = await readDisk(out);
    expect(left).toMatchObject({ broken: [], leftovers: [] });
    for (const [file, text] of before?.kept ?? []) if (file.endsWith(".key")) expect(left.kept.get(file), file).toBe(text);
    // All keys are of one render: the next one finds every certificate in order.
    expect((await render(CHANGED, out)).stdout).toContain(" 0 certificates issued.");
  });
});

test("keys and credentials are never overwritten: not by --force, and --renew all issues certificates for the same keys", async () => {
  const out = await smallBundle();
  const before = await readDisk(out);
  expect(await render(SMALL, out, { args: ["--force", "--renew", "all"] })).toMatchObject({ status: 0, stderr: "" });
  const after = await readDisk(out);
  const changed = [...before.kept].filter(([file, text]) => after.kept.get(file) !== text).map(([file]) => file);
  const leaves = [...before.kept.keys()].filter((file) => file.endsWith(".crt") && !new X509Certificate(before.kept.get(file) ?? "").ca);
  expect(changed).toEqual(leaves);
  expect(leaves.length).toBeGreaterThan(20);
  expect(await readFile(path.join(out, ".env"), "utf8")).toBe(before.kept.get(".env"));
});
